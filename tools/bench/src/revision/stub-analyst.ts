import type { Analyst } from '@harmony/llm';
import { setTimeout as pause } from 'node:timers/promises';

const latencyMs = 1;

const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };

/** Stands where the local analyst does, takes a millisecond and no processor time, and finds nothing. */
export const stubAnalyst: Analyst = {
  originOf: () => ({ engine: 'local', model: 'stub', parameters: {}, templateVersion: '1' }),
  answer: async () => {
    await pause(latencyMs);
    const reasons = { rationale: 'Nobody spoke of it.', confidence: 1, evidence: [], searched: [] };
    return { outcome: 'NOT_DISCUSSED', ...reasons, usage };
  },
  extract: async () => {
    await pause(latencyMs);
    return { summary: '', keyPoints: [], actionItems: [], topics: [], questions: [], usage };
  },
  close: async () => undefined,
};
