import { HarmonyError, noUsage, type Finding } from '@harmony/contracts';
import { usageOf } from '@harmony/llm';
import type { JobContext } from '@harmony/messaging';
import { describe, expect, it } from '@jest/globals';
import type { AskAnalyst } from '../../analyst/ask-analyst.js';
import { durationOf, noteDuration } from '../../analyst/duration-of.js';
import type { Inquiry } from '../../analyst/inquiry.js';
import { usageOfOneCall } from '../../testing/scripted-analyst.js';
import { Questions } from './questions.js';

const inquiry: Inquiry = {
  ...{ question: { type: 'YES_NO', question: 'Is it?' }, usesKnowledge: false, transcriptVersion: 1 },
  background: { language: 'en', context: '', knowledge: '', handbook: '' },
  conversation: { key: 'c/1', title: 'A call', startedAt: null, turns: [], voices: [] },
};
const found: Finding = { outcome: 'NOT_DISCUSSED', rationale: 'r', confidence: 1, evidence: [], searched: [] };
const origin = { engine: 'scripted', model: 'm', parameters: {}, templateVersion: '1' };
const inputs = { definition: '', knowledge: '', language: '', transcript: '', conversation: '', analyst: '' };
const answer: Awaited<ReturnType<AskAnalyst['ask']>> = {
  ...{ identity: 'i', inputs, finding: found, origin, usage: usageOfOneCall, durationMs: 7 },
};
const journal = { get: async () => undefined, put: async () => undefined };
const paidCalls = (calls: number) => ({
  calls,
  inputTokens: 100 * calls,
  outputTokens: 10 * calls,
  costMicros: 5 * calls,
});

/** Answers what is no error, one after the other. */
function questions(replies: readonly (typeof answer | Error)[], context: Partial<JobContext> = {}): Questions {
  const rest = [...replies];
  const ask = async (): Promise<typeof answer> => {
    const next = rest.shift();
    if (!next || next instanceof Error) throw next ?? new Error('Nothing more is known.');
    return next;
  };
  return new Questions({ ask }, journal, {
    ...{ workspaceId: 'w', correlationId: 'c', attempt: 1, lastAttempt: false },
    ...{ signal: new AbortController().signal, ...context },
  });
}

async function failureOf(asking: Questions, times: number): Promise<unknown> {
  try {
    for (let time = 0; time < times; time += 1) await asking.ask(inquiry);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('questions that are asked one after the other', () => {
  it('add up what they take, those without an answer included', async () => {
    const refused = new HarmonyError('ANALYST_REFUSED', { facts: { usage: usageOfOneCall } });
    const asking = questions([answer, refused, answer]);
    expect([await asking.ask(inquiry), await asking.ask(inquiry), await asking.ask(inquiry)]).toEqual([
      found,
      null,
      found,
    ]);
    expect([asking.usage, asking.durationMs]).toEqual([paidCalls(3), 14]);
  });

  it('tell whoever gives up what all of them took, also where time is up', async () => {
    const away = new HarmonyError('ANALYST_UNAVAILABLE', { facts: { usage: usageOfOneCall } });
    noteDuration(away, 5);
    const failed = await failureOf(questions([answer, answer, away]), 3);
    expect(failed).toMatchObject({ code: 'ANALYST_UNAVAILABLE' });
    expect([usageOf(failed), durationOf(failed)]).toEqual([paidCalls(3), 19]);

    const late = await failureOf(questions([answer, new Error('aborted')], { signal: AbortSignal.abort() }), 2);
    // As the runner has it when a job's time is up
    expect(usageOf(new HarmonyError('TIMED_OUT', { cause: late }))).toEqual(paidCalls(1));
  });

  it('that cost nothing say so', async () => {
    expect(usageOf(await failureOf(questions([new Error('broken')]), 1))).toEqual(noUsage);
  });
});
