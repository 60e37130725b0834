import { HarmonyError } from '@harmony/contracts';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { yesNo } from '../testing/samples.js';
import { ScriptedAnalyst } from '../testing/scripted-analyst.js';
import { AskAnalyst } from './ask-analyst.js';
import { durationOf } from './duration-of.js';
import type { Inquiry } from './inquiry.js';

const inquiry: Inquiry = {
  ...{ question: yesNo('A?'), usesKnowledge: false, transcriptVersion: 1 },
  background: { language: 'en', knowledge: '', handbook: '', context: '' },
  conversation: {
    ...{ key: 'one', title: 'One', startedAt: null, voices: [{ code: 'A', name: null, role: null }] },
    turns: [{ index: 0, speaker: 'A', text: 'Hello there', startMs: null, endMs: null }],
  },
};

describe('a question that ends with an error', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  async function errorAfter(milliseconds: number): Promise<unknown> {
    const analyst = new ScriptedAnalyst();
    analyst.script = () => {
      jest.advanceTimersByTime(milliseconds);
      throw new HarmonyError('ANSWER_INVALID');
    };
    const asked = new AskAnalyst(analyst).ask(inquiry, { signal: new AbortController().signal });
    return asked.catch((error: unknown) => error);
  }

  it('is known by its error to have taken as long as it has, also where that is the cause of another', async () => {
    const error = await errorAfter(1_500);
    expect(error).toMatchObject({ code: 'ANSWER_INVALID' });
    expect(durationOf(error)).toBe(1_500);
    expect(durationOf(new HarmonyError('TIMED_OUT', { cause: error }))).toBe(1_500);
  });

  it('says nothing about other errors', async () => {
    await errorAfter(1_500);
    expect(durationOf(new HarmonyError('ANSWER_INVALID'))).toBe(0);
    expect(durationOf('no error')).toBe(0);
  });
});
