import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, english } from '../../contract-suite/conversations.js';
import { questions } from '../../contract-suite/questions.js';
import type { QuestionRequest, ReplyJournal } from '../../port.js';
import { contractResponder, ModelServer, settingsFor } from '../../testing/index.js';
import { LangChainAnalyst } from '../langchain-analyst.js';
import type { CassetteMode } from './cassettes.js';

const request: QuestionRequest = {
  conversation: call,
  question: questions.YES_NO,
  background: english,
  signal: new AbortController().signal,
};
const nobody = 'http://127.0.0.1:1/v1';
const nothing = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };

describe('recorded replies', () => {
  let server: ModelServer;
  let folder: string;
  beforeEach(async () => {
    server = await ModelServer.start(contractResponder);
    folder = join(await mkdtemp(join(tmpdir(), 'harmony-cassettes-')), 'replies');
  });
  afterEach(async () => {
    await server.stop();
    await rm(join(folder, '..'), { recursive: true });
  });
  const analystIn = (cassetteMode: CassetteMode, baseUrl = server.url, model = 'openai:scripted') =>
    new LangChainAnalyst(model, settingsFor(baseUrl, { cassettes: folder, cassetteMode, inputPrice: 1 }));

  it('are played again without a server and at no cost, and give the same answer', async () => {
    const recorded = await analystIn('record').answer(request);
    expect(recorded.usage.costMicros).toBeGreaterThan(0);
    const played = await analystIn('replay', nobody).answer(request);
    expect(played).toEqual({ ...recorded, usage: nothing });
    expect(await readdir(folder)).toHaveLength(1);
  });

  it.each<{ readonly what: string; readonly changed: QuestionRequest; readonly model?: string }>([
    { what: 'question', changed: { ...request, question: { type: 'YES_NO', question: 'Is the contract signed?' } } },
    { what: 'conversation', changed: { ...request, conversation: { ...call, turns: call.turns.slice(1) } } },
    { what: 'knowledge', changed: { ...request, background: { ...english, knowledge: 'We sell software.' } } },
    { what: 'language', changed: { ...request, background: { ...english, language: 'de' } } },
    { what: 'model', changed: request, model: 'openai:another' },
  ])('are missed visibly after a change of the $what, and what to do is said', async ({ changed, model }) => {
    await analystIn('record').answer(request);
    await expect(analystIn('replay', nobody, model).answer(changed)).rejects.toMatchObject({
      code: 'CASSETTE_MISS',
      message: expect.stringMatching(/yes-no\.v\d.*LLM_CASSETTE_MODE=auto/),
      facts: { template: expect.stringMatching(/^yes-no\.v\d/) },
    });
  });

  it('are recorded where they are missing, and the others played, on demand', async () => {
    for (const question of [questions.YES_NO, questions.DISCOUNT, questions.YES_NO]) {
      await analystIn('auto').answer({ ...request, question });
    }
    expect(server.count).toBe(2);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('are not trusted when they are damaged', async () => {
    await analystIn('record').answer(request);
    const [file = ''] = await readdir(folder);
    await writeFile(join(folder, file), '{"template": ');
    await expect(analystIn('replay', nobody).answer(request)).rejects.toMatchObject({ code: 'CASSETTE_MISS' });
  });
});

describe('the journal of replies', () => {
  let server: ModelServer;
  beforeEach(async () => (server = await ModelServer.start(contractResponder)));
  afterEach(() => server.stop());

  it('has a reply before it is used, so that a crash after the call pays nothing again', async () => {
    const kept = new Map<string, unknown>();
    const journal: ReplyJournal = {
      get: async (key) => kept.get(key),
      put: async (key, reply) => {
        kept.set(key, JSON.parse(JSON.stringify(reply)));
        if (server.count === 1) throw new Error('The process is killed.');
      },
    };
    const analyst = new LangChainAnalyst('openai:scripted', settingsFor(server.url, { inputPrice: 1 }));
    await expect(analyst.answer({ ...request, journal })).rejects.toThrow('The process is killed.');
    const answer = await analyst.answer({ ...request, journal });
    expect(answer).toMatchObject({ outcome: 'ANSWERED', usage: { calls: 1 } });
    expect(answer.usage.costMicros).toBeGreaterThan(0);
    expect(server.count).toBe(1);
  });
});
