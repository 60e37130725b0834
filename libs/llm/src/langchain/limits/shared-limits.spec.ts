import { afterEach, describe, expect, it } from '@jest/globals';
import { call, english } from '../../contract-suite/conversations.js';
import { questions } from '../../contract-suite/questions.js';
import { contractResponder, ModelServer, settingsFor } from '../../testing/index.js';
import { LangChainAnalyst } from '../langchain-analyst.js';

const request = { conversation: call, question: questions.YES_NO, background: english };
const signal = new AbortController().signal;

describe('the limits of one key', () => {
  let server: ModelServer;
  afterEach(() => server.stop());

  it('are the same for all analysts of a process, and hold nobody back who has another key', async () => {
    server = await ModelServer.start(contractResponder);
    const analystWith = (apiKey: string) =>
      new LangChainAnalyst('openai:scripted', settingsFor(server.url, { apiKey, maximumConcurrency: 1 }));
    const [first, second, other] = [analystWith('a'), analystWith('a'), analystWith('b')];
    const stopping = new AbortController();
    server.faults.push({ kind: 'silence' });
    const arrived = new Promise<void>((resolve) => (server.onRequest = () => resolve()));
    const silent = first.answer({ ...request, signal: stopping.signal });
    await arrived;
    const waiting = second.answer({ ...request, signal });
    await expect(other.answer({ ...request, signal })).resolves.toMatchObject({ outcome: 'ANSWERED' });
    expect(server.requests.map(({ authorization }) => authorization)).toEqual(['Bearer a', 'Bearer b']);
    const reason = new Error('the job is over');
    stopping.abort(reason);
    await expect(silent).rejects.toBe(reason);
    await expect(waiting).resolves.toMatchObject({ outcome: 'ANSWERED' });
  });

  it('let a live question pass those of re-runs that wait', async () => {
    server = await ModelServer.start(contractResponder);
    const analyst = new LangChainAnalyst('openai:scripted', settingsFor(server.url, { maximumConcurrency: 1 }));
    const stopping = new AbortController();
    server.faults.push({ kind: 'silence' });
    const arrived = new Promise<void>((resolve) => (server.onRequest = () => resolve()));
    const silent = analyst.answer({ ...request, signal: stopping.signal, priority: 'revision' });
    await arrived;
    const answered: string[] = [];
    const ask = async (priority: 'live' | 'revision'): Promise<void> => {
      await analyst.answer({ ...request, signal, priority });
      answered.push(priority);
    };
    const waiting = [ask('revision'), ask('revision'), ask('live')];
    stopping.abort(new Error('the job is over'));
    await expect(silent).rejects.toThrow('the job is over');
    await Promise.all(waiting);
    expect(answered).toEqual(['live', 'revision', 'revision']);
  });

  it('are used up: as many calls are in flight as may be, and no more', async () => {
    let allHere = (): void => undefined;
    const four = new Promise<void>((resolve) => (allHere = resolve));
    server = await ModelServer.start(async (asked) => {
      if (server.inFlight === 4) allHere();
      await four;
      return contractResponder(asked);
    });
    const analyst = new LangChainAnalyst('openai:scripted', settingsFor(server.url, { maximumConcurrency: 4 }));
    await Promise.all(Array.from({ length: 40 }, () => analyst.answer({ ...request, signal })));
    expect(server.count).toBe(40);
    expect(server.peak).toBe(4);
  });
});
