import type { paths } from '@harmony/contracts/openapi';
import { eventually } from '@harmony/testing';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import createClient, { type Client } from 'openapi-fetch';
import type { Access } from '../support/api.js';
import { createProject } from '../support/projects.js';
import { startHarmony, type RunningHarmony } from '../support/running-harmony.js';

const printed = join(import.meta.dirname, '../../contracts/openapi/public-api.json');

it('the printed OpenAPI file is valid OpenAPI 3.1', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(
    JSON.parse(readFileSync(printed, 'utf8')) as Record<string, unknown>,
  );
  expect({ valid, errors, version: validator.version }).toMatchObject({ valid: true, version: '3.1' });
});

/** Typed by what is generated from the printed file: a route that changes its shape fails to compile here. */
describe('a client generated from the OpenAPI file', () => {
  let harmony: RunningHarmony;
  let client: Client<paths>;
  let admin: Access;
  beforeAll(async () => {
    harmony = await startHarmony();
    ({ admin } = await harmony.workspace('Customer'));
    client = createClient<paths>({ baseUrl: admin.url, headers: admin.headers });
  }, 120_000);
  afterAll(() => harmony.stop());

  const transcript = {
    participants: [
      { id: 'p1', name: 'Ann', role: 'HOST' as const },
      { id: 'p2', name: 'דנה' },
    ],
    turns: [
      { participantId: 'p1', startMs: 0, endMs: 1_500, text: 'Hello there.' },
      { participantId: 'p2', startMs: 1_600, endMs: 2_000, text: 'שלום 👋' },
    ],
  };

  const completed = (id: string) =>
    eventually(
      async () => {
        const { data, error } = await client.GET('/v1/conversations/{id}', { params: { path: { id } } });
        if (data?.status !== 'COMPLETED') throw new Error(`${id} is ${data?.status ?? error?.code}`);
        return data;
      },
      { withinMs: 60_000 },
    );

  it('pastes a conversation and reads its transcript page by page', async () => {
    const { data, response } = await client.POST('/v1/conversations', {
      params: { header: { 'Idempotency-Key': randomUUID() } },
      body: { text: 'Ann: Hello.\nBob: Hi Ann.', title: 'Typed', medium: 'CALL', tags: ['demo'] },
    });
    expect(response.status).toBe(202);
    const id = data?.id ?? '';
    expect(await completed(id)).toMatchObject({ title: 'Typed', tags: ['demo'], turnCount: 2 });
    const params = { path: { id }, query: { first: 1 } };
    const { data: page } = await client.GET('/v1/conversations/{id}/transcript', { params });
    if (typeof page !== 'object') throw new Error('A page comes as JSON.');
    expect(page.edges.map(({ node }) => [node.speakerName, node.text])).toEqual([['Ann', 'Hello.']]);
    expect(page.pageInfo.hasNextPage).toBe(true);
  });

  it('uploads a structured transcript and reads it as text and subtitles', async () => {
    const { data } = await client.POST('/v1/conversations/transcript-upload', {
      body: { ...transcript, title: 'Uploaded', startedAt: '2026-04-08T08:00:00Z' },
    });
    const id = data?.id ?? '';
    await completed(id);
    const read = async (format: 'txt' | 'srt' | 'vtt') => {
      const params = { path: { id }, query: { format } };
      const answer = await client.GET('/v1/conversations/{id}/transcript', { params, parseAs: 'text' });
      return [answer.response.headers.get('content-type')?.split(';')[0], answer.data];
    };
    expect(await read('txt')).toEqual(['text/plain', '[00:00:00] Ann: Hello there.\n[00:00:01] דנה: שלום 👋\n']);
    expect(await read('srt')).toEqual(['application/x-subrip', expect.stringContaining('00:00:01,600 --> ')]);
    expect(await read('vtt')).toEqual(['text/vtt', expect.stringContaining('<v דנה>שלום 👋</v>')]);
  });

  it('imports a batch and learns what became of each conversation', async () => {
    const wrong = { ...transcript, turns: [{ participantId: 'nobody', text: 'x' }] };
    const { data, response } = await client.POST('/v1/conversations/structured-import', {
      body: { conversations: [{ ...transcript, key: 'crm-1' }, wrong] },
    });
    expect(response.status).toBe(207);
    if (!data || !('results' in data)) throw new Error('A batch is answered with results.');
    expect(data.results.map(({ status, error }) => [status, error?.code])).toEqual([
      [202, undefined],
      [400, 'INVALID_INPUT'],
    ]);
    await completed(data.results[0]?.conversation?.id ?? '');
  });

  it('reads what every project found in a conversation, with the words that support it', async () => {
    const question = { question: 'Is the budget approved?' };
    const project = await createProject(admin, [{ title: 'Budget', question: { yesNo: question } }]);
    const text = 'Ann: Our price is 900 euros a month.\nBob: The budget is approved, please send the contract.';
    const { data } = await client.POST('/v1/conversations', { body: { text, teamId: project.teamId } });
    const params = { path: { id: data?.id ?? '' } };
    await completed(params.path.id);
    const { data: found, response } = await client.GET('/v1/conversations/{id}/insights', { params });
    expect(response.status).toBe(200);
    expect(found).toMatchObject({ run: { kind: 'PIPELINE', counts: { failed: 0 } }, conversationId: params.path.id });
    const shown = found?.projects ?? [];
    expect(shown).toMatchObject([{ projectId: project.id, run: { id: found?.run?.id }, goals: [], scorecards: [] }]);
    const results = shown.flatMap((one) => one.results);
    expect(results).toMatchObject([{ outcome: 'ANSWERED', question, analyst: { isLocal: true } }]);
    const answers = results.map(({ answer }) => answer?.type === 'YES_NO' && answer.answer);
    expect(['YES', 'NO']).toContain(answers[0]);
    const transcript = text.split('\n').map((line) => line.slice('Ann: '.length));
    const evidence = results.flatMap((one) => one.evidence);
    for (const { turn, quote } of evidence) expect(transcript[turn]).toContain(quote);
    expect(evidence).not.toEqual([]);
  });

  it('has no insights of a conversation that nobody has read yet, and none of an unknown one', async () => {
    const { data } = await client.POST('/v1/conversations', { body: { text: 'Ann: Hello.' } });
    const of = (id: string) => client.GET('/v1/conversations/{id}/insights', { params: { path: { id } } });
    const early = await eventually(async () => {
      const { data: found, response } = await of(data?.id ?? '');
      expect(response.status).toBe(200);
      return found;
    });
    expect(early).toMatchObject({ projects: [], links: { conversation: `/v1/conversations/${data?.id ?? ''}` } });
    for (const id of [randomUUID(), 'nonsense']) expect((await of(id)).error?.code).toBe('NOT_FOUND');
  });

  it('lists conversations and gets refusals as problems with a code', async () => {
    const { data } = await client.GET('/v1/conversations', { params: { query: { first: 2, medium: 'CALL' } } });
    expect(data?.edges.every(({ node }) => node.medium === 'CALL')).toBe(true);
    const { error } = await client.POST('/v1/conversations', { body: { text: ' ' } });
    expect(error).toMatchObject({ code: 'EMPTY_TRANSCRIPT', status: 400 });
    const missing = await client.GET('/v1/conversations/{id}', { params: { path: { id: randomUUID() } } });
    expect(missing.error?.code).toBe('NOT_FOUND');
  });
});
