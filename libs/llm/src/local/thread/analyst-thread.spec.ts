import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AnalysedConversation, Background } from '../../port.js';
import { createLocalAnalyst } from '../local-analyst.js';
import { AnalystThread } from './analyst-thread.js';
import { keptConversations } from './protocol.js';

const root = fileURLToPath(new URL('../../../../../', import.meta.url));
const thread = new AnalystThread();
const signal = new AbortController().signal;
const background: Background = { language: 'en', knowledge: '', handbook: '', context: '' };
const question = { type: 'YES_NO', question: 'Did the customer name a budget as a figure?' } as const;
const asked = { kind: 'ANSWER', question, background } as const;

const call = (key: string, customer = 'Our budget is forty thousand euros this year.'): AnalysedConversation => ({
  ...{ key, title: 'Call', startedAt: null },
  voices: [
    { code: 'A', name: 'Ann', role: 'HOST' },
    { code: 'B', name: 'Ben', role: 'CUSTOMER' },
  ],
  turns: ['What budget do you have for this?', customer].map((text, index) => ({
    ...{ index, text, startMs: null, endMs: null },
    speaker: index === 0 ? 'A' : 'B',
  })),
});

beforeAll(() => promisify(execFile)(process.execPath, ['tools/build/build.mjs'], { cwd: root }), 300_000);
afterAll(() => thread.close());

describe('the local analyst in a thread', () => {
  it('answers and looks through as it does in the process itself', async () => {
    const analyst = createLocalAnalyst();
    const inProcess = { conversation: call('same'), background, signal };
    expect(await thread.ask(asked, call('same'), signal)).toEqual(await analyst.answer({ ...inProcess, question }));
    const extraction = await analyst.extract(inProcess);
    expect(await thread.ask({ kind: 'EXTRACT', background }, call('same'), signal)).toEqual(extraction);
  });

  it('is sent a conversation anew when the thread has forgotten it', async () => {
    const first = await thread.ask(asked, call('kept'), signal);
    const others = Array.from({ length: keptConversations + 2 }, (_, index) => call(`other-${index}`));
    await Promise.all(others.map((other) => thread.ask(asked, other, signal)));
    expect(await thread.ask(asked, call('kept'), signal)).toEqual(first);
  });

  it('tells those who wait when the thread dies, and is there again for the next', async () => {
    const waiting = thread.ask(asked, call('dying'), signal);
    await thread.close();
    await expect(waiting).rejects.toMatchObject({ code: 'ANALYST_UNAVAILABLE' });
    expect(await thread.ask(asked, call('dying'), signal)).toMatchObject({ outcome: 'ANSWERED' });
  });

  it('lets nobody wait who gave up', async () => {
    const abort = new AbortController();
    const waiting = thread.ask(asked, call('given up'), abort.signal);
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(thread.ask(asked, call('late'), abort.signal)).rejects.toThrow('enough');
  });

  it('says so when there is no thread to start', async () => {
    const missing = new AnalystThread(1, '/nowhere/thread.js');
    await expect(missing.ask(asked, call('lost'), signal)).rejects.toMatchObject({ code: 'ANALYST_UNAVAILABLE' });
  });
});
