import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AnalysedConversation, Background } from '../../port.js';
import { createLocalAnalyst } from '../local-analyst.js';
import { AnalystThread } from './analyst-thread.js';
import { AnalystThreads, threadCount } from './analyst-threads.js';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const signal = new AbortController().signal;
const background: Background = { language: 'en', knowledge: '', handbook: '', context: '' };
const question = { type: 'YES_NO', question: 'Did the customer name a budget as a figure?' } as const;
const asked = { kind: 'ANSWER', question, background } as const;

const call = (key: string): AnalysedConversation => ({
  ...{ key, title: 'Call', startedAt: null },
  voices: [{ code: 'B', name: 'Ben', role: 'CUSTOMER' }],
  turns: [
    { index: 0, speaker: 'B', text: 'Our budget is forty thousand euros this year.', startMs: null, endMs: null },
  ],
});

/** Of each thread of this process, how much it gives way. */
const priorities = (): number[] =>
  readdirSync('/proc/self/task').map((task) => {
    const line = readFileSync(`/proc/self/task/${task}/stat`, 'utf8');
    return Number(line.slice(line.lastIndexOf(')') + 2).split(' ')[16]);
  });

beforeAll(() => promisify(execFile)(process.execPath, ['tools/build/build.mjs'], { cwd: root }), 300_000);

describe('threads of the local analyst', () => {
  let made: AnalystThread[] = [];
  let threads: AnalystThreads;
  afterEach(() => threads.close());

  const startThreads = (count: number): void => {
    made = [];
    threads = new AnalystThreads(count, (among) => {
      const thread = new AnalystThread(among);
      made.push(thread);
      return thread;
    });
  };
  const started = (): boolean[] => made.map(({ isStarted }) => isStarted);
  const askAll = (keys: readonly string[]) => Promise.all(keys.map((key) => threads.ask(asked, call(key), signal)));

  it('answer as one does, side by side when many are asked for', async () => {
    startThreads(3);
    const expected = await createLocalAnalyst().answer({ conversation: call('a'), background, signal, question });
    expect(await askAll(['a', 'b', 'c', 'd', 'e'])).toEqual(Array.from({ length: 5 }, () => expected));
    expect(started()).toEqual([true, true, true]);
  });

  it('are not started before they are needed', async () => {
    startThreads(3);
    for (const key of ['a', 'b', 'c', 'd']) await askAll([key]);
    expect(started()).toEqual([true, false, false]);
  });

  it('leave a conversation to the one that has read it', async () => {
    startThreads(2);
    await askAll(['a', 'a', 'a', 'a', 'a']);
    expect(started()).toEqual([true, false]);
    // Given a thread for each of two conversations
    await askAll(['a', 'b', 'c']);
    // When both are asked again, then each has one question, and not one of them two
    const again = askAll(['a', 'c']);
    expect(made.map(({ waiting }) => waiting)).toEqual([1, 1]);
    await again;
  });

  it('give way to everybody else, where the system can tell threads apart', async () => {
    startThreads(1);
    await askAll(['a']);
    if (process.platform === 'linux') expect(priorities().filter((nice) => nice === 10)).toHaveLength(1);
  });

  it('are as many as processors, and four at most, unless somebody says how many', () => {
    startThreads(1);
    expect(threadCount(0)).toBe(Math.min(availableParallelism(), 4));
    expect(threadCount(7)).toBe(7);
  });
});
