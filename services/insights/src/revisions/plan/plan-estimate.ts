import type {
  EstimateInterval,
  EstimatePartName,
  InsightType,
  PlanEstimate,
  PlanEstimatePart,
} from '@harmony/contracts';
import { nothing, plus, type EarlierWorkload } from './earlier-work.js';
import { estimateOf, expectingMost, noInterval, sum, type Asking, type History } from './estimate.js';
import { transcriptionEstimate, type TimedTranscription } from './transcription-estimate.js';

/** All that a plan does. */
export interface PlannedWork {
  readonly earlier: EarlierWorkload;
  readonly answers: readonly Asking[];
  /** How a criterion is put to the analyst. */
  readonly criterionTypeOf: (criterionId: string) => InsightType | null;
}

/** What such work took before. */
export interface RecordedWork {
  readonly extractions: readonly History[];
  readonly criteria: readonly History[];
  readonly answers: readonly History[];
  readonly transcriptions: readonly TimedTranscription[];
}

/** How much is done at the same time. */
export interface Parallelism {
  readonly questions: number;
  readonly recordings: number;
}

/**
 * What a plan takes, part by part, and all of it (B5). Criteria are expected to be met, as the plan itself supposes: one
 * that is not ends the questions about its conversation, which the lower bound leaves room for.
 */
export function planEstimateOf(
  work: PlannedWork,
  recorded: RecordedWork,
  parallel: Parallelism,
): Required<PlanEstimate> {
  const parts = [
    transcriptionEstimate(work.earlier, recorded.transcriptions, parallel.recordings),
    ...askedParts(work, recorded, parallel.questions),
  ].filter(({ amount }) => amount.high > 0);
  const total = (of: (part: PlanEstimatePart) => EstimateInterval): EstimateInterval => sum(parts.map(of));
  return {
    calls: total(({ calls }) => calls),
    tokens: total(({ tokens }) => tokens),
    costMicros: total(({ costMicros }) => costMicros),
    durationMs: total(({ durationMs }) => durationMs),
    samples: parts.find(({ name }) => name === 'ANSWERS')?.samples ?? 0,
    parts,
  };
}

/** What analysts do. */
function askedParts(
  { earlier, answers, criterionTypeOf }: PlannedWork,
  recorded: RecordedWork,
  inParallel: number,
): PlanEstimatePart[] {
  const part = (name: EstimatePartName, asking: readonly Asking[], histories: readonly History[]): PlanEstimatePart =>
    askedPart(name, asking, histories, inParallel);
  const criteria = [...earlier.criteria].map(([subjectId, cells]) => ({
    ...{ subjectId, type: criterionTypeOf(subjectId), cells },
  }));
  return [
    part('EXTRACTION', [{ subjectId: 'EXTRACTION', type: null, cells: earlier.extractions }], recorded.extractions),
    // A criterion that nobody was asked about before takes what answers of its type take.
    part('CRITERIA', criteria, [...recorded.criteria, ...recorded.answers]),
    part('ANSWERS', answers, recorded.answers),
  ];
}

const askedMeasures = ['CALLS', 'TOKENS', 'COST', 'DURATION'] as const;

function askedPart(
  name: EstimatePartName,
  asking: readonly Asking[],
  histories: readonly History[],
  inParallel: number,
): PlanEstimatePart {
  const estimated = estimateOf(asking, histories, inParallel);
  const isKnown = estimated.samples > 0;
  return {
    ...{ name, amount: expectingMost(asking.map(({ cells }) => cells).reduce(plus, nothing)), recordingMs: noInterval },
    ...estimated,
    unknown: isKnown ? [] : askedMeasures.map((measure) => ({ measure, reason: 'NOTHING_RECORDED' })),
  };
}
