import type { InsightType, PlanEstimatePart } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { noCriteria } from './belonging.js';
import { noWorkload, withWork, type EarlierWork, type EarlierWorkload } from './earlier-work.js';
import type { Asking, History, Moments } from './estimate.js';
import { planEstimateOf, type PlannedWork, type RecordedWork } from './plan-estimate.js';

/** So many that all took the same. */
const alike = (count: number, value: number): Moments => ({
  count,
  sum: count * value,
  squares: count * value * value,
});

const historyOf = (subjectId: string, tokens: number, type: InsightType | null = null, count = 10): History => ({
  ...{ subjectId, type },
  moments: {
    calls: alike(count, 1),
    tokens: alike(count, tokens),
    costMicros: alike(count, tokens / 10),
    durationMs: alike(count, tokens * 2),
  },
});

const nothingRecorded: RecordedWork = { extractions: [], criteria: [], answers: [], transcriptions: [] };
const recorded: RecordedWork = {
  extractions: [historyOf('EXTRACTION', 1_000)],
  criteria: [historyOf('judged', 50)],
  answers: [historyOf('a', 100, 'YES_NO')],
  transcriptions: [
    { recordingMs: 60_000, durationMs: 6_000 },
    { recordingMs: 60_000, durationMs: 6_000 },
  ],
};

const work = (stage: EarlierWork['stage'], more: Partial<EarlierWork> = {}): EarlierWork => ({
  ...{ stage, recordingMs: null, isCertain: true, criteria: noCriteria, ...more },
});

const workload = (...all: EarlierWork[]): EarlierWorkload => all.reduce(withWork, noWorkload);

const answers = (cells: number): Asking[] => [{ subjectId: 'a', type: 'YES_NO', cells: { least: cells, most: cells } }];

const planned = (earlier: EarlierWorkload, asked = answers(0)): PlannedWork => ({
  ...{ earlier, answers: asked, criterionTypeOf: () => 'YES_NO' },
});

const alone = { questions: 1, recordings: 1 };
const namesOf = (parts: readonly PlanEstimatePart[]): string[] => parts.map(({ name }) => name);

describe('the estimate of a plan', () => {
  it('is the sum of its parts, of those only that there are', () => {
    const heard = work('TRANSCRIPTION', { recordingMs: 600_000, criteria: { ids: ['judged'], isFirstCertain: true } });
    const all = planEstimateOf(planned(workload(heard, work('EXTRACTORS')), answers(4)), recorded, alone);
    expect(namesOf(all.parts)).toEqual(['TRANSCRIPTION', 'EXTRACTION', 'CRITERIA', 'ANSWERS']);
    expect(all.parts.map(({ amount }) => amount.expected)).toEqual([1, 2, 1, 4]);
    expect(all.tokens.expected).toBe(2 * 1_000 + 50 + 4 * 100);
    expect(all.costMicros.expected).toBe(245);
    expect(all.calls.expected).toBe(7);
    expect(all.durationMs.expected).toBe(60_000 + 2 * 2_450);
    expect(all.samples).toBe(10);
    for (const measure of ['calls', 'tokens', 'costMicros', 'durationMs'] as const) {
      for (const bound of ['low', 'expected', 'high'] as const) {
        const sum = all.parts.reduce((total, part) => total + part[measure][bound], 0);
        expect(all[measure][bound]).toBe(sum);
      }
    }
    const onlyAnswers = planEstimateOf(planned(workload(work('INSIGHTS')), answers(4)), recorded, alone);
    expect(namesOf(onlyAnswers.parts)).toEqual(['ANSWERS']);
    expect(planEstimateOf(planned(workload(work('INSIGHTS'))), recorded, alone)).toMatchObject({
      parts: [],
      samples: 0,
    });
  });

  it('expects every criterion to be met, and leaves room for the first one that is not', () => {
    const criteria = { ids: ['judged', 'second'], isFirstCertain: true };
    const { parts } = planEstimateOf(planned(workload(work('INSIGHTS', { criteria }))), recorded, alone);
    expect(parts).toMatchObject([
      { amount: { low: 1, expected: 2, high: 2 }, calls: { low: 1, expected: 2, high: 2 } },
    ]);
  });

  it('takes what the criterion took, else what answers of its type took', () => {
    const tokensOf = (id: string): number => {
      const criteria = { ids: [id], isFirstCertain: true };
      return planEstimateOf(planned(workload(work('INSIGHTS', { criteria }))), recorded, alone).tokens.expected;
    };
    expect(tokensOf('judged')).toBe(50);
    expect(tokensOf('new')).toBe(100);
  });

  it('says of each part what cannot be told, where nothing like it is recorded', () => {
    const { parts } = planEstimateOf(planned(workload(work('EXTRACTORS')), answers(1)), nothingRecorded, alone);
    const unknown = ['CALLS', 'TOKENS', 'COST', 'DURATION'].map((measure) => ({ measure, reason: 'NOTHING_RECORDED' }));
    expect(parts).toMatchObject([
      { name: 'EXTRACTION', samples: 0, unknown },
      { name: 'ANSWERS', samples: 0, unknown },
    ]);
    const known = planEstimateOf(planned(workload(work('EXTRACTORS')), answers(1)), recorded, alone).parts;
    expect(known.map((part) => part.unknown)).toEqual([[], []]);
  });

  it('supposes nothing for sure of what an earlier try may have done', () => {
    const { parts } = planEstimateOf(planned(workload(work('EXTRACTORS', { isCertain: false }))), recorded, alone);
    expect(parts).toMatchObject([
      { amount: { low: 0, expected: 1, high: 1 }, calls: { low: 0, expected: 1, high: 1 } },
    ]);
  });
});
