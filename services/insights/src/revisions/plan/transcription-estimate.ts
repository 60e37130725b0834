import type { EstimateInterval, PlanEstimatePart } from '@harmony/contracts';
import type { Amount, EarlierWorkload } from './earlier-work.js';
import { expectingMost, intervalOf, noInterval, sum, type Moments } from './estimate.js';

/** A recording that was transcribed, and how long that took. */
export interface TimedTranscription {
  /** More than 0. */
  readonly recordingMs: number;
  readonly durationMs: number;
}

type Recordings = Pick<EarlierWorkload, 'recordings' | 'recordingMs' | 'unmeasured'>;

/**
 * What it takes to transcribe recordings: no calls and no tokens of analysts, time in proportion to their length, and
 * money that nobody records.
 * @param transcriptions by the engine that is going to hear them
 * @param inParallel recordings that may be heard at the same time; lowers the lower bound, not what is expected
 */
export function transcriptionEstimate(
  work: Recordings,
  transcriptions: readonly TimedTranscription[],
  inParallel: number,
): PlanEstimatePart {
  const lengths = transcriptions.map((one) => one.recordingMs);
  const recordingMs = sum([expectingMost(work.recordingMs), intervalOf(work.unmeasured, momentsOf(lengths))]);
  const durationMs = durationOf(recordingMs, transcriptions);
  return {
    ...{ name: 'TRANSCRIPTION', amount: expectingMost(work.recordings), recordingMs },
    ...{ calls: noInterval, tokens: noInterval, costMicros: noInterval },
    durationMs: { ...durationMs, low: durationMs.low / inParallel },
    samples: transcriptions.length,
    unknown: unknownOf(work, transcriptions),
  };
}

/** As many recordings of mean length as they are long together: these take what those took. */
function durationOf(recordingMs: EstimateInterval, transcriptions: readonly TimedTranscription[]): EstimateInterval {
  const meanMs = mean(transcriptions.map((one) => one.recordingMs));
  const took = momentsAlongLength(transcriptions);
  const of = (ms: number): EstimateInterval => intervalOf(certain(meanMs > 0 ? ms / meanMs : 0), took);
  return {
    low: of(recordingMs.low).low,
    expected: of(recordingMs.expected).expected,
    high: of(recordingMs.high).high,
  };
}

/**
 * Of what recordings took. What their length alone does not explain grows with it, so it is the pace that varies around
 * that of all of them.
 */
function momentsAlongLength(transcriptions: readonly TimedTranscription[]): Moments {
  const took = momentsOf(transcriptions.map(({ durationMs }) => durationMs));
  const lengths = momentsOf(transcriptions.map(({ recordingMs }) => recordingMs));
  if (took.count === 0) return took;
  const pace = took.sum / lengths.sum;
  const paces = momentsOf(transcriptions.map(({ recordingMs, durationMs }) => durationMs / recordingMs - pace));
  const unexplained = paces.squares * (lengths.squares / lengths.count);
  return { ...took, squares: (took.sum * took.sum) / took.count + unexplained };
}

const certain = (amount: number): Amount => ({ least: amount, most: amount });

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length;

const momentsOf = (values: readonly number[]): Moments => ({
  count: values.length,
  sum: values.reduce((total, value) => total + value, 0),
  squares: values.reduce((total, value) => total + value * value, 0),
});

function unknownOf(
  { unmeasured }: Recordings,
  { length: recorded }: readonly TimedTranscription[],
): PlanEstimatePart['unknown'] {
  const cost = { measure: 'COST', reason: 'NOT_PRICED' } as const;
  if (recorded > 0) return [cost];
  const nothingRecorded = { reason: 'NOTHING_RECORDED' } as const;
  return [
    ...(unmeasured.most > 0 ? [{ measure: 'RECORDING' as const, ...nothingRecorded }] : []),
    cost,
    { measure: 'DURATION', ...nothingRecorded },
  ];
}
