import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { graphql, send, type Access, type Answer } from '../support/api.js';
import { completed, startHarmony, type RunningHarmony, type Workspace } from '../support/running-harmony.js';

const limitBytes = 10 * 1024 * 1024;
const upload = '/v1/conversations/transcript-upload';
const batch = '/v1/conversations/structured-import';
const ann = { id: 'p1', name: 'Ann' };
const call = { participants: [ann], turns: [{ participantId: 'p1', startMs: 0, endMs: 900, text: 'Hello there.' }] };

/** A body of exactly so many bytes. */
function bodyOf(bytes: number): string {
  const body = (text: string): string => JSON.stringify({ ...call, turns: [{ participantId: 'p1', text }] });
  return body('a'.repeat(bytes - body('').length));
}

describe('imports over HTTP', () => {
  let harmony: RunningHarmony;
  let home: Workspace;
  beforeAll(async () => {
    harmony = await startHarmony();
    home = await harmony.workspace('Home');
  }, 120_000);
  afterAll(() => harmony.stop());

  const codeOf = ({ status, body }: Answer): unknown[] => [status, (body as { code?: string }).code];
  const idOf = ({ body }: Answer): string => (body as { id: string }).id;

  async function sendBytes(bytes: Buffer, contentType = 'application/json', path = upload): Promise<Answer> {
    const headers = { ...home.admin.headers, 'Content-Type': contentType };
    const response = await fetch(`${harmony.url}${path}`, { method: 'POST', headers, body: new Uint8Array(bytes) });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  it('take a transcript of exactly 10 MB, and refuse one byte more under every spelling of the path', async () => {
    const whole = await send(home.admin, 'POST', upload, bodyOf(limitBytes));
    expect(whole.status).toBe(202);
    for (const path of [upload, `${upload}/`, upload.toUpperCase().replace('/V1', '/v1')]) {
      expect(codeOf(await send(home.admin, 'POST', path, bodyOf(limitBytes + 1)))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    }
    await completed(home.admin, idOf(whole));
  }, 120_000);

  it('refuse bytes that are no UTF-8, and take text in UTF-16 that says so', async () => {
    const text = JSON.stringify(call).replace('Hello', 'Zoë שלום 👋');
    const broken = Buffer.from(text.replace('Zoë', 'Zo#'));
    broken[broken.indexOf('#')] = 0xeb;
    expect(codeOf(await sendBytes(broken))).toEqual([400, 'INVALID_JSON']);
    const taken = await sendBytes(Buffer.from(text, 'utf16le'), 'application/json; charset=utf-16le');
    expect(taken.status).toBe(202);
    await completed(home.admin, idOf(taken));
    const read = await send(home.admin, 'GET', `/v1/conversations/${idOf(taken)}/transcript?format=txt`);
    expect(read.body).toBe('[00:00:00] Ann: Zoë שלום 👋 there.\n');
  });

  it('refuse what is no JSON object, another type, and a batch of 501', async () => {
    expect(codeOf(await send(home.admin, 'POST', upload, '{"participants": ['))).toEqual([400, 'INVALID_JSON']);
    expect(codeOf(await send(home.admin, 'POST', upload, '[]'))).toEqual([400, 'INVALID_INPUT']);
    expect(codeOf(await sendBytes(Buffer.from('Ann: Hello'), 'text/plain'))).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    const conversations = Array.from({ length: 501 }, () => call);
    expect(codeOf(await send(home.admin, 'POST', batch, { conversations }))).toEqual([400, 'INVALID_INPUT']);
  });

  it('answer 500 conversations each by itself, and a repeat with the same key as before', async () => {
    const conversations = Array.from({ length: 500 }, (_, index) =>
      index % 5 === 0
        ? { ...call, turns: [{ participantId: 'nobody', text: 'x' }] }
        : { ...call, title: `Call ${index}` },
    );
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await send(home.admin, 'POST', batch, { conversations }, key);
    expect(first.body).toMatchObject({ recorded: 400, refused: 100 });
    const again = await send(home.admin, 'POST', batch, { conversations }, key);
    expect([first.status, again.status, again.body]).toEqual([207, 207, first.body]);
  }, 120_000);

  it('take one conversation as its file has it', async () => {
    const answer = await send(home.admin, 'POST', batch, { ...call, key: 'one', title: 'By itself' });
    expect(answer.status).toBe(202);
    await completed(home.admin, idOf(answer));
  });

  it('choose the form of a transcript by the Accept header', async () => {
    const id = idOf(await send(home.admin, 'POST', upload, call));
    await completed(home.admin, id);
    const read = async (accept: string): Promise<string | undefined> => {
      const access: Access = { ...home.admin, headers: { ...home.admin.headers, Accept: accept } };
      const { headers } = await send(access, 'GET', `/v1/conversations/${id}/transcript`);
      return headers.get('content-type')?.split(';')[0];
    };
    expect(await read('text/vtt')).toBe('text/vtt');
    expect(await read('application/x-subrip')).toBe('application/x-subrip');
    expect(await read('text/plain, application/json;q=0.5')).toBe('text/plain');
    expect(await read('text/html,*/*;q=0.8')).toBe('application/json');
    expect(await read('image/png')).toBe('application/json');
  });

  it('are there in GraphQL too', async () => {
    const mutation = `mutation ($input: ImportConversationsInput!) { importConversations(input: $input) {
      results { index conversation { title source } error { code errors { pointer } } } } }`;
    const wrong = { ...call, turns: [{ participantId: 'nobody', text: 'x' }] };
    const input = { conversations: [{ ...call, title: 'First' }, wrong] };
    expect(await graphql(home.admin, mutation, { input })).toEqual({
      data: {
        importConversations: {
          results: [
            { index: 0, conversation: { title: 'First', source: 'TRANSCRIPT' }, error: null },
            {
              index: 1,
              conversation: null,
              error: { code: 'INVALID_INPUT', errors: [{ pointer: '/turns/0/participantId' }] },
            },
          ],
        },
      },
    });
  });
});
