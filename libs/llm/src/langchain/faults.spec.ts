import { loadConfiguration } from '@harmony/config';
import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate as breathe } from 'node:timers/promises';
import { answerWithEvidence } from '../answer-with-evidence.js';
import { call, english } from '../contract-suite/conversations.js';
import { questions } from '../contract-suite/questions.js';
import type { QuestionRequest } from '../port.js';
import { contractResponder, FakeTime, ModelServer, settingsFor, type ModelFault } from '../testing/index.js';
import { LangChainAnalyst } from './langchain-analyst.js';
import { Limits } from './limits/limits.js';
import type { LangChainOptions, LanguageModelSettings } from './settings.js';

const request: QuestionRequest = {
  conversation: call,
  question: questions.YES_NO,
  background: english,
  signal: new AbortController().signal,
};
const content = (text: string): ModelFault => ({ kind: 'content', content: text });
const reply = (changes: object): ModelFault =>
  content(
    JSON.stringify({
      evidence: [{ turn: 12, quote: 'The budget is approved', part: null }],
      rationale: 'It is said.',
      outcome: 'ANSWERED',
      value: { answer: 'YES' },
      confidence: 1,
      ...changes,
    }),
  );

async function failureOf(promise: Promise<unknown>): Promise<HarmonyError> {
  const error: unknown = await promise.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof HarmonyError)) throw error;
  return error;
}

describe('the LangChain analyst, with a model that fails', () => {
  let server: ModelServer;
  let time: FakeTime;
  beforeEach(async () => {
    server = await ModelServer.start(contractResponder);
    time = new FakeTime();
  });
  afterEach(() => server.stop());

  const analystWith = (settings: Partial<LanguageModelSettings> = {}, options: LangChainOptions = {}) => {
    const limits = new Limits({ maximumConcurrency: 2, requestsPerMinute: 0, tokensPerMinute: 0 }, time);
    return new LangChainAnalyst('openai:scripted', settingsFor(server.url, settings), { limits, time, ...options });
  };

  it('waits as long as a 429 says, and asks again', async () => {
    server.faults.push({ kind: 'status', status: 429, retryAfterSeconds: 7 });
    await expect(analystWith().answer(request)).resolves.toMatchObject({ outcome: 'ANSWERED', usage: { calls: 1 } });
    expect(server.count).toBe(2);
    expect(time.waits).toEqual([7_000]);
  });

  it('leaves it to the job to come back when a 429 asks for more than a minute', async () => {
    server.faults.push({ kind: 'status', status: 429, retryAfterSeconds: 600 });
    const error = await failureOf(analystWith().answer(request));
    expect(error).toMatchObject({ code: 'ANALYST_RATE_LIMITED', retryAfterSeconds: 600 });
    expect(server.count).toBe(1);
  });

  it.each<[string, ModelFault, number]>([
    ['a 500', { kind: 'status', status: 500 }, 1],
    ['an overload', { kind: 'status', status: 529 }, 1],
    ['a connection that breaks in the middle of an answer', { kind: 'cut' }, 1],
    ['an answer that ends in the middle', { kind: 'breaks-off' }, 1],
  ])('asks again after %s', async (_case, fault, waits) => {
    server.faults.push(fault);
    await expect(analystWith().answer(request)).resolves.toMatchObject({ outcome: 'ANSWERED' });
    expect(server.count).toBe(2);
    expect(time.waits).toHaveLength(waits);
  });

  it.each<[ModelFault, ErrorCode, number]>([
    [{ kind: 'status', status: 429 }, 'ANALYST_RATE_LIMITED', 5],
    [{ kind: 'status', status: 503 }, 'ANALYST_UNAVAILABLE', 5],
    [{ kind: 'cut' }, 'ANALYST_UNAVAILABLE', 5],
    [{ kind: 'status', status: 401 }, 'ANALYST_REFUSED', 1],
    [{ kind: 'status', status: 403 }, 'ANALYST_REFUSED', 1],
    [{ kind: 'status', status: 400 }, 'ANALYST_REFUSED', 1],
    [{ kind: 'status', status: 302 }, 'ANALYST_REFUSED', 1],
    [{ kind: 'status', status: 404 }, 'ANALYST_NOT_CONFIGURED', 1],
  ])('after %j for good, fails with %s after %d requests', async (fault, code, requests) => {
    server.faultOf = () => fault;
    const error = await failureOf(analystWith().answer(request));
    expect(error.code).toBe(code);
    expect(error.facts['usage']).toEqual({ calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 });
    expect(server.count).toBe(requests);
  });

  it('is unavailable where nobody listens', async () => {
    const analyst = analystWith();
    await server.stop();
    expect(await failureOf(analyst.answer(request))).toMatchObject({ code: 'ANALYST_UNAVAILABLE' });
  });

  it('never shows the key, not even when the server repeats it', async () => {
    server.faults.push({ kind: 'status', status: 401, body: 'Wrong key sk-hush-hush.' });
    const error = await failureOf(analystWith({ apiKey: 'sk-hush-hush' }).answer(request));
    expect(error.message).toContain('Wrong key');
    expect(JSON.stringify([error.message, error.facts])).not.toContain('hush');
    expect(server.requests.at(-1)?.authorization).toBe('Bearer sk-hush-hush');
  });

  it('gives up on a model that is silent, and does not wait for it again', async () => {
    server.faults.push({ kind: 'silence' });
    const error = await failureOf(analystWith({}, { silenceMs: 20 }).answer(request));
    expect(error.code).toBe('ANALYST_TIME_LIMIT');
    expect(server.count).toBe(1);
  });

  it('waits for 60 s of silence where nothing else is set, and no longer', async () => {
    const { timeLimitSeconds } = loadConfiguration({}, { target: 'all' }).llm;
    server.faults.push({ kind: 'silence' });
    const asked = new Promise<void>((resolve) => (server.onRequest = () => resolve()));
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance', 'Date'] });
    try {
      let failure: HarmonyError | undefined;
      const failed = failureOf(analystWith({ timeLimitSeconds }).answer(request)).then((error) => (failure = error));
      await asked;
      jest.advanceTimersByTime(59_999);
      await breathe();
      expect(failure).toBeUndefined();
      jest.advanceTimersByTime(1);
      expect(await failed).toMatchObject({ code: 'ANALYST_TIME_LIMIT', message: expect.stringContaining('60000 ms') });
    } finally {
      jest.useRealTimers();
    }
  });

  it('stops in the middle of a call with the reason of the signal', async () => {
    server.faults.push({ kind: 'silence' });
    const stopping = new AbortController();
    const reason = new Error('the service stops');
    const asked = analystWith().answer({ ...request, signal: stopping.signal });
    server.faultOf = () => undefined;
    server.onRequest = () => stopping.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });

  it.each<[string, ModelFault]>([
    ['no JSON', content('I would say yes.')],
    ['broken JSON', content('{"evidence": [')],
    ['nothing', content('')],
    ['a schema of its own', content('{"answer": "YES"}')],
    ['a value that does not fit', reply({ value: { answer: 'MAYBE' } })],
    ['an answer without a value', reply({ value: null })],
    [
      'another language',
      reply({ rationale: 'Der Kunde sagt, dass das Budget gestern von der Leitung genehmigt wurde.' }),
    ],
  ])('has %s mended once', async (_case, fault) => {
    server.faults.push(fault);
    await expect(analystWith().answer(request)).resolves.toMatchObject({ outcome: 'ANSWERED', usage: { calls: 2 } });
    expect(server.requests.at(-1)?.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(server.requests.at(-1)?.messages.at(-1)?.content).toContain('Your reply cannot be used');
  });

  it.each<[ModelFault, ErrorCode]>([
    [content('I would say yes.'), 'ANSWER_INVALID'],
    [reply({ value: { answer: 'MAYBE' } }), 'ANSWER_INVALID'],
    [reply({ rationale: 'El cliente dice que el presupuesto fue aprobado ayer por la dirección.' }), 'ANSWER_LANGUAGE'],
  ])('fails when it cannot be mended, and says what that has cost', async (fault, code) => {
    server.faultOf = () => fault;
    const error = await failureOf(analystWith({ inputPrice: 2, outputPrice: 8 }).answer(request));
    expect(error.code).toBe(code);
    const { inputTokens, outputTokens } = error.facts['usage'] as Record<string, number>;
    expect(inputTokens).toBeGreaterThan(500);
    expect(error.facts['usage']).toMatchObject({
      calls: 2,
      costMicros: (inputTokens ?? NaN) * 2 + (outputTokens ?? NaN) * 8,
    });
  });

  it('takes JSON from between sentences and fences', async () => {
    const fault = reply({});
    server.faults.push({ ...content(`Here you are:\n\`\`\`json\n${'content' in fault ? fault.content : ''}\n\`\`\``) });
    await expect(analystWith().answer(request)).resolves.toMatchObject({ outcome: 'ANSWERED', usage: { calls: 1 } });
  });

  it('mends a quote that nobody said, or gives no answer', async () => {
    server.faults.push({ kind: 'invented-quote' });
    const mended = await answerWithEvidence(analystWith(), request);
    expect(mended).toMatchObject({ finding: { evidence: [{ turn: 12 }] }, usage: { calls: 2 } });
    expect(server.requests.at(-1)?.messages.at(-1)?.content).toContain('You have answered this before');
    server.faultOf = () => ({ kind: 'invented-quote' });
    const error = await failureOf(answerWithEvidence(analystWith(), request));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_ANSWER', facts: { usage: { calls: 2 } } });
  });
});
