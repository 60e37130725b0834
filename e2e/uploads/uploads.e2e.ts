import { wavOf } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { graphql, send } from '../support/api.js';
import { startHarmony, type RunningHarmony, type Workspace } from '../support/running-harmony.js';
import {
  completeUpload,
  cutPart,
  digestOf,
  getUpload,
  partOf,
  putPart,
  sha256Of,
  startUpload,
  type Upload,
} from '../support/uploads.js';

const seed = Number(process.env.HARMONY_UPLOAD_SEED ?? Date.now() % 1_000_000);
const partBytes = 16 * 1024 * 1024;
/** Three parts. */
const recording = wavOf(2 * partBytes + 5_000, seed);

let harmony: RunningHarmony;
let home: Workspace;
beforeAll(async () => {
  harmony = await startHarmony();
  home = await harmony.workspace('Home');
}, 120_000);
afterAll(() => harmony.stop());

const urlOf = (upload: Upload, number: number): string => upload.parts[number - 1]?.url ?? '';
const put = (upload: Upload, number: number, body = recording) => {
  const part = partOf(body, upload, number);
  return putPart(home.admin, urlOf(upload, number), part, digestOf(part));
};

async function stored(id: string): Promise<Buffer> {
  return buffer(await harmony.running.backends.objectStore.get(`${home.workspaceId}/conversations/${id}/recording`));
}

async function countOf(id: string, type: string): Promise<number> {
  let count = 0;
  for await (const event of harmony.running.backends.eventStore.readStream(`conversation-${id}`)) {
    if (event.type === type) count += 1;
  }
  return count;
}

describe('a recording in parts', () => {
  it('comes side by side and in any order, and is there as it was sent', async () => {
    const upload = await startUpload(home.admin, recording.length, { title: 'Long call' });
    const answers = await Promise.all([3, 1, 2].map((number) => put(upload, number)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const answer = await completeUpload(home.admin, upload.id, { sha256: sha256Of(recording) });
    expect(answer).toMatchObject({ status: 200, body: { state: 'RECEIVED', receivedParts: 3 } });
    expect((await stored(upload.id)).equals(recording)).toBe(true);
    const { body } = await send(home.admin, 'GET', `/v1/conversations/${upload.id}`);
    expect(body).toMatchObject({ title: 'Long call', source: 'RECORDING' });
  });

  it(`survives a line that is cut at 20 offsets, with no byte lost or doubled (seed ${seed})`, async () => {
    const upload = await startUpload(home.admin, recording.length);
    const whole = new Set<number>();
    for (let cut = 0; cut < 20; cut += 1) {
      const number = 1 + ((seed + cut) % 3);
      const part = partOf(recording, upload, number);
      await cutPart(
        home.admin,
        urlOf(upload, number),
        part,
        Math.floor((((seed * 7 + cut * 7_919) % 997) / 997) * part.length),
      );
      if (cut % 8 === 7 && (await put(upload, number)).status === 200) whole.add(number);
      const seen = await getUpload(home.admin, upload.id);
      expect(seen.parts.filter(({ received }) => received).map(({ number: seenNumber }) => seenNumber)).toEqual(
        [...whole].sort(),
      );
    }
    for (const { number, received } of (await getUpload(home.admin, upload.id)).parts) {
      if (!received) expect(await put(upload, number)).toMatchObject({ status: 200 });
    }
    expect(await completeUpload(home.admin, upload.id, { sha256: sha256Of(recording) })).toMatchObject({ status: 200 });
    expect((await stored(upload.id)).equals(recording)).toBe(true);
    expect(await countOf(upload.id, 'RecordingReceived')).toBe(1);
  });

  it('holds one sender’s part whole when two send it at once, and is completed once by both', async () => {
    const upload = await startUpload(home.admin, recording.length);
    const other = wavOf(recording.length, seed + 1);
    const answers = await Promise.all([put(upload, 1), put(upload, 1, other), put(upload, 2), put(upload, 3)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const completed = await Promise.all([completeUpload(home.admin, upload.id), completeUpload(home.admin, upload.id)]);
    expect(completed.map(({ status }) => status)).toEqual([200, 200]);
    const first = partOf(await stored(upload.id), upload, 1);
    expect([recording, other].some((body) => partOf(body, upload, 1).equals(first))).toBe(true);
    expect(await countOf(upload.id, 'RecordingReceived')).toBe(1);
  });

  it('is refused part by part where something is wrong, and says what', async () => {
    const upload = await startUpload(home.admin, recording.length);
    const part = partOf(recording, upload, 1);
    const url = urlOf(upload, 1);
    const wrong = Buffer.alloc(part.length);
    expect(await putPart(home.admin, url, wrong, digestOf(part))).toMatchObject({
      status: 422,
      body: { code: 'CHECKSUM_MISMATCH' },
    });
    expect(await putPart(home.admin, url, part.subarray(1))).toMatchObject({ body: { code: 'WRONG_PART_SIZE' } });
    expect(await putPart(home.admin, url, Buffer.concat([part, part]))).toMatchObject({
      status: 400,
      body: { code: 'WRONG_PART_SIZE' },
    });
    expect(await putPart(home.admin, url, part, 'sha-256=nothing')).toMatchObject({ body: { code: 'INVALID_INPUT' } });
    expect(await putPart(home.admin, url.replace(/1$/, '4'), part)).toMatchObject({ body: { code: 'INVALID_INPUT' } });
    expect(await putPart(home.admin, url.replace(/1$/, 'x'), part)).toMatchObject({ body: { code: 'NOT_FOUND' } });
    expect(await putPart({ url: harmony.url, headers: {} }, url, part)).toMatchObject({
      status: 401,
      body: { code: 'UNAUTHENTICATED' },
    });
    expect(await getUpload(home.admin, upload.id)).toMatchObject({ state: 'PREPARING', receivedParts: 0 });
    expect(await completeUpload(home.admin, upload.id)).toMatchObject({
      status: 409,
      body: {
        code: 'UPLOAD_INCOMPLETE',
        errors: [{ pointer: '/parts/1' }, { pointer: '/parts/2' }, { pointer: '/parts/3' }],
      },
    });
    expect(await send(home.admin, 'DELETE', `/v1/uploads/${upload.id}`)).toMatchObject({ status: 204 });
    expect(await send(home.admin, 'GET', `/v1/uploads/${upload.id}`)).toMatchObject({ status: 404 });
  });

  it('is refused before any byte is sent when it is one byte too large', async () => {
    const bytes = 2_147_483_649;
    expect(await send(home.admin, 'POST', '/v1/uploads', { fileName: 'long.mp3', bytes })).toMatchObject({
      status: 413,
      body: { code: 'FILE_TOO_LARGE', detail: 'The maximum file size is 2048 MB.' },
    });
  });

  it('works the same in GraphQL', async () => {
    const small = wavOf(40_000, seed);
    const fields = 'id state bytes partCount parts { number url received }';
    const ask = async (query: string, variables: object): Promise<Record<string, unknown>> => {
      const { data, errors } = await graphql(home.admin, query, variables);
      if (!data || errors) throw new Error(JSON.stringify(errors));
      return data;
    };
    const input = { fileName: 'call.wav', bytes: small.length, medium: 'CALL', startedAt: '2026-01-01T10:00:00Z' };
    const start = `mutation ($input: StartUploadInput!) { startUpload(input: $input) { ${fields} } }`;
    const { startUpload: upload } = (await ask(start, { input })) as { startUpload: Upload };
    expect(upload).toMatchObject({ state: 'PREPARING', bytes: 40_000, partCount: 1 });
    await putPart(home.admin, urlOf(upload, 1), small);
    const query = `query ($id: ID!) { upload(id: $id) { ${fields} } }`;
    expect(await ask(query, { id: upload.id })).toMatchObject({ upload: { state: 'FINISHING' } });
    const complete = `mutation ($id: ID!, $input: CompleteUploadInput) { completeUpload(id: $id, input: $input) { conversation { id medium source } } }`;
    expect(await ask(complete, { id: upload.id, input: { sha256: sha256Of(small) } })).toEqual({
      completeUpload: { conversation: { id: upload.id, medium: 'CALL', source: 'RECORDING' } },
    });
    const { startUpload: another } = (await ask(start, { input })) as { startUpload: Upload };
    expect(await ask('mutation ($id: ID!) { abortUpload(id: $id) }', { id: another.id })).toEqual({
      abortUpload: true,
    });
    const tooLarge = await graphql(home.admin, start, { input: { ...input, bytes: 2_147_483_649 } });
    expect(tooLarge.errors?.[0]?.extensions?.code).toBe('FILE_TOO_LARGE');
  });
});

describe('a recording in one form', () => {
  const upload = async (form: FormData, key?: string): Promise<{ status: number; body: Record<string, unknown> }> => {
    const headers = { ...home.admin.headers, ...(key && { 'Idempotency-Key': key }) };
    const response = await fetch(`${harmony.url}/v1/conversations/upload`, { method: 'POST', body: form, headers });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const formOf = (bytes: Buffer, fields: Record<string, string> = {}, isFileFirst = false): FormData => {
    const form = new FormData();
    const file = (): void => form.append('file', new Blob([new Uint8Array(bytes)]), 'Gespräch.wav');
    if (isFileFirst) file();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (!isFileFirst) file();
    return form;
  };
  const small = wavOf(3_000_000, seed);

  it.each([true, false])('is taken whether the file comes first (%s) or last', async (isFileFirst) => {
    const answer = await upload(formOf(small, { title: 'By form', medium: 'CALL', tags: 'demo' }, isFileFirst));
    expect(answer.status).toBe(202);
    const id = String(answer.body['id']);
    expect((await stored(id)).equals(small)).toBe(true);
    const { body } = await send(home.admin, 'GET', `/v1/conversations/${id}`);
    expect(body).toMatchObject({ title: 'By form', medium: 'CALL', tags: ['demo'], source: 'RECORDING' });
    expect(await countOf(id, 'RecordingReceived')).toBe(1);
  });

  it('is one conversation for a repeated key', async () => {
    const answers = [await upload(formOf(small), 'form-1'), await upload(formOf(small), 'form-1')];
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]?.body).toMatchObject({ status: 'QUEUED' });
  });

  it.each([
    [
      'a picture',
      formOf(Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(9_000_000)])),
      'NOT_A_RECORDING',
    ],
    ['an empty file', formOf(Buffer.alloc(0)), 'NOT_A_RECORDING'],
    [
      'no file',
      (() => {
        const form = new FormData();
        form.append('title', 'x');
        return form;
      })(),
      'MISSING_REQUIRED_FIELDS',
    ],
    ['an unknown field', formOf(small, { colour: 'red' }, true), 'INVALID_INPUT'],
    ['an unknown team', formOf(small, { teamId: '7e57e57e-0000-4000-8000-000000000001' }, true), 'UNKNOWN_TEAM'],
  ])('is refused with %s, and nothing of it stays', async (_, form, code) => {
    const keys = async (): Promise<number> => {
      let count = 0;
      for await (const key of harmony.running.backends.objectStore.list(home.workspaceId))
        if (key.endsWith('/recording')) count += 1;
      return count;
    };
    const before = await keys();
    expect(await upload(form)).toMatchObject({ body: { code } });
    expect(await keys()).toBe(before);
  });

  it('is refused by its announced length, before any of it is sent', async () => {
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '2200000000' };
    const outgoing = request(`${harmony.url}/v1/conversations/upload`, {
      method: 'POST',
      headers: { ...home.admin.headers, ...headers },
    });
    outgoing.on('error', () => undefined);
    outgoing.flushHeaders();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    expect([response.statusCode, JSON.parse(await text(response))]).toMatchObject([413, { code: 'FILE_TOO_LARGE' }]);
    outgoing.destroy();
  });
});
