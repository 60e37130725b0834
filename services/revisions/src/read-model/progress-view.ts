import { noUsage, type PlanEstimate, type RevisionCounts, type Usage } from '@harmony/contracts';
import type { RevisionRow } from './revision-row.js';

/** How far a revision is, in conversations. */
export interface ProgressView extends RevisionCounts {
  /** Still to come. */
  readonly remaining: number;
  /** False while its scope is still being found out, and `planned` grows. */
  readonly isPlanned: boolean;
  /** Conversations a minute, in this attempt; null where nothing can be said. */
  readonly ratePerMinute: number | null;
  /** Until it ends, at this rate; null where nothing can be said. */
  readonly remainingMs: number | null;
  /** What it has cost so far. */
  readonly usage: Usage;
}

type Progressing = Pick<
  RevisionRow,
  'outcome' | 'attempt' | 'planned' | 'is_planned' | 'plan_failure' | 'counts' | 'usage' | 'seen' | 'started_at'
>;

const nothing = { completed: 0, completedWithErrors: 0, failed: 0, skipped: 0, settledNow: 0, usage: noUsage };

export function progressView(row: Progressing): ProgressView {
  const isPlanned = row.is_planned || row.plan_failure !== null;
  if (row.counts) return atRest(row.counts, row.usage ?? noUsage, isPlanned);
  const { completed, completedWithErrors, failed, skipped, usage } = row.seen ?? nothing;
  const counts = { planned: row.planned, completed, completedWithErrors, failed };
  const settled = completed + completedWithErrors + failed;
  if (row.outcome !== 'PROCESSING') {
    return atRest({ ...counts, skipped: Math.max(0, row.planned - settled) }, usage, isPlanned);
  }
  const remaining = Math.max(0, row.planned - settled - skipped);
  const ratePerMinute = rateOf(row);
  const remainingMs = isPlanned && ratePerMinute ? Math.ceil((remaining / ratePerMinute) * 60_000) : null;
  return { ...counts, skipped, remaining, isPlanned, ratePerMinute, remainingMs, usage };
}

const atRest = (counts: RevisionCounts, usage: Usage, isPlanned: boolean): ProgressView => ({
  ...{ ...counts, remaining: 0, isPlanned, ratePerMinute: null, remainingMs: null, usage },
});

function rateOf({ seen, attempt, started_at: startedAt }: Progressing): number | null {
  if (seen?.attempt !== attempt || seen.settledNow === 0) return null;
  const minutes = (Date.parse(seen.lookedAt) - startedAt.getTime()) / 60_000;
  return minutes > 0 ? seen.settledNow / minutes : null;
}

/** What a revision took in the end, beside what had been expected of it (B5). */
export interface ActualView {
  readonly calls: number;
  readonly tokens: number;
  readonly costMicros: number;
  /** Of the last attempt. */
  readonly durationMs: number;
  /**
   * Whether calls, tokens and cost lie in the intervals of the estimate; null without one of all that they are of, or
   * after another attempt.
   */
  readonly isAsEstimated: boolean | null;
}

type Ended = Pick<RevisionRow, 'usage' | 'plan' | 'estimate' | 'attempt' | 'started_at' | 'ended_at'>;

/** Null while it has not ended by itself. */
export function actualView({ usage, started_at: start, ended_at: end, ...ended }: Ended): ActualView | null {
  if (!usage || !end) return null;
  const { calls, costMicros } = usage;
  const tokens = usage.inputTokens + usage.outputTokens;
  const estimate = ended.attempt === 1 && isComplete(ended) ? ended.estimate : null;
  const isAsEstimated = estimate && isWithin(estimate, { calls, tokens, costMicros });
  return { calls, tokens, costMicros, durationMs: end.getTime() - start.getTime(), isAsEstimated };
}

/**
 * Whether the estimate is of all that is counted as used, which is what analysts do at every stage: older ones are of
 * answers alone.
 */
function isComplete({ estimate, plan }: Pick<Ended, 'estimate' | 'plan'>): boolean {
  if (!estimate?.parts) return plan?.stages.every(({ stage }) => stage === 'INSIGHTS') ?? false;
  const counted = estimate.parts.filter(({ name }) => name !== 'TRANSCRIPTION');
  return counted.every(({ unknown }) => unknown.length === 0);
}

const isWithin = (estimate: PlanEstimate, actual: { calls: number; tokens: number; costMicros: number }): boolean =>
  (['calls', 'tokens', 'costMicros'] as const).every(
    (name) => estimate[name].low <= actual[name] && actual[name] <= estimate[name].high,
  );
