import type { EstimatePartName, PlanEstimatePart, PlanSummary, RerunStage } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { actualView, progressView } from './progress-view.js';

const usage = { calls: 4, inputTokens: 30, outputTokens: 10, costMicros: 8 };
const seen = {
  ...{ attempt: 2, completed: 5, completedWithErrors: 1, failed: 2, skipped: 1, settledNow: 4, usage },
  lookedAt: '2025-06-01T12:02:00.000Z',
};
const row: Parameters<typeof progressView>[0] = {
  ...{
    outcome: 'PROCESSING',
    attempt: 2,
    planned: 20,
    is_planned: true,
    plan_failure: null,
    counts: null,
    usage: null,
  },
  ...{ started_at: new Date('2025-06-01T12:00:00.000Z'), seen },
};

describe('the progress of a revision', () => {
  it('says what is left, how fast it goes and when it ends, by what this attempt has done', () => {
    expect(progressView(row)).toEqual({
      ...{ planned: 20, completed: 5, completedWithErrors: 1, failed: 2, skipped: 1, remaining: 11, isPlanned: true },
      ...{ ratePerMinute: 2, remainingMs: 330_000, usage },
    });
  });

  it('does not guess before anything has ended, nor while it is being planned', () => {
    const unknown = { ratePerMinute: null, remainingMs: null };
    expect(progressView({ ...row, seen: null })).toMatchObject({ ...unknown, remaining: 20 });
    expect(progressView({ ...row, seen: { ...seen, settledNow: 0 } })).toMatchObject(unknown);
    expect(progressView({ ...row, seen: { ...seen, attempt: 1 } })).toMatchObject(unknown);
    expect(progressView({ ...row, is_planned: false })).toMatchObject({ ratePerMinute: 2, remainingMs: null });
  });

  it('is what its end says, whatever was seen before', () => {
    const counts = { planned: 20, completed: 19, completedWithErrors: 0, failed: 0, skipped: 1 };
    const ended = { ...row, outcome: 'COMPLETED', counts, usage } as const;
    expect(progressView(ended)).toMatchObject({ ...counts, remaining: 0, remainingMs: null, usage });
  });

  it('of one that was cancelled skips what has no end', () => {
    expect(progressView({ ...row, outcome: 'CANCELLED' })).toMatchObject({ completed: 5, skipped: 12, remaining: 0 });
  });
});

describe('what a revision took', () => {
  const interval = (low: number, high: number) => ({ low, expected: (low + high) / 2, high });
  const estimate = {
    ...{ calls: interval(2, 6), tokens: interval(30, 50), costMicros: interval(8, 9), durationMs: interval(0, 1) },
    samples: 50,
  };
  const planFrom = (stage: RerunStage): PlanSummary => ({
    ...{ conversations: 1, scopeDigest: '', stages: [{ stage, conversations: 1 }], definitions: [] },
  });
  const ended = {
    ...{ usage, estimate, plan: planFrom('INSIGHTS'), attempt: 1, started_at: row.started_at },
    ended_at: new Date('2025-06-01T12:01:00.000Z'),
  };

  it('is held against its estimate', () => {
    const actual = { calls: 4, tokens: 40, costMicros: 8, durationMs: 60_000 };
    expect(actualView(ended)).toEqual({ ...actual, isAsEstimated: true });
    expect(actualView({ ...ended, estimate: { ...estimate, calls: interval(5, 6) } })?.isAsEstimated).toBe(false);
    expect(actualView({ ...ended, attempt: 2 })?.isAsEstimated).toBeNull();
    expect(actualView({ ...ended, estimate: null })?.isAsEstimated).toBeNull();
  });

  it('is held against an estimate of all of it only', () => {
    const earlier = { ...ended, plan: planFrom('EXTRACTORS') };
    expect(actualView(earlier)?.isAsEstimated).toBeNull();
    const part = (name: EstimatePartName, unknown: PlanEstimatePart['unknown'] = []): PlanEstimatePart => ({
      ...{ ...estimate, name, amount: interval(1, 1), recordingMs: interval(0, 0), unknown },
    });
    const isAsEstimated = (...parts: PlanEstimatePart[]): boolean | null | undefined =>
      actualView({ ...earlier, estimate: { ...estimate, parts } })?.isAsEstimated;
    expect(isAsEstimated(part('EXTRACTION'))).toBe(true);
    expect(isAsEstimated(part('EXTRACTION', [{ measure: 'COST', reason: 'NOTHING_RECORDED' }]))).toBeNull();
    // Nobody counts what transcriptions cost: neither side has it.
    expect(isAsEstimated(part('TRANSCRIPTION', [{ measure: 'COST', reason: 'NOT_PRICED' }]))).toBe(true);
  });

  it('is not known before its end', () => {
    expect(actualView({ ...ended, usage: null })).toBeNull();
  });
});
