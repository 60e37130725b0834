import type { EventOf, PipelineStage } from '@harmony/contracts';
import type { Row } from '@harmony/read-model';

/** One try of a stage, as the row of a conversation lists it. Times are ISO 8601 in UTC. */
export interface StageAttempt {
  readonly stage: PipelineStage;
  readonly attempt: number;
  readonly startedAt: string;
  /** Null while it runs. */
  readonly durationMs: number | null;
  /** Of its failure; null for one that runs or succeeded. */
  readonly code: string | null;
}

type StageEvent = EventOf<'StageStarted' | 'StageAttemptFailed' | 'StageSucceeded'>;

/** Tries that are kept for readers, so that a stage that fails for ever does not grow a row for ever. */
const keptAttempts = 50;

/** The list after one more event of a stage. */
export function stagesAfter(row: Row, event: StageEvent): readonly StageAttempt[] {
  const { stage, attempt } = event.data;
  const before = row['stages'] as readonly StageAttempt[];
  const current = before.find((one) => one.stage === stage && one.attempt === attempt);
  const others = before.filter((one) => one !== current);
  const started = current ?? { stage, attempt, startedAt: event.occurredAt, durationMs: null, code: null };
  return [...others, { ...started, ...endOf(event) }].slice(-keptAttempts);
}

function endOf(event: StageEvent): Partial<StageAttempt> {
  if (event.type === 'StageStarted') return {};
  const { durationMs } = event.data;
  return { durationMs, code: event.type === 'StageAttemptFailed' ? event.data.code : null };
}
