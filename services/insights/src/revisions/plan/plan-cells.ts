import type { AnswerInputDigests, CellDecision, CellReason } from '@harmony/contracts';

/** What a definition would be answered from now. */
export interface NewCell {
  readonly definitionId: string;
  /** Null while it cannot be known: the transcript is yet to be made. */
  readonly made: { readonly identity: string; readonly inputs: AnswerInputDigests } | null;
}

/** What is there of a definition: in force, else of its latest run. */
export interface StoredCell {
  readonly outcome: 'ANSWERED' | 'NOT_DISCUSSED' | 'FAILED';
  /** Null where the answer is older than the records of them. */
  readonly inputs: AnswerInputDigests | null;
}

export interface CellPlan {
  readonly definitionId: string;
  readonly decision: CellDecision;
  readonly reason: CellReason;
}

/** In the order in which they are looked for: the first one that differs is the reason. */
const changes: readonly (readonly [keyof AnswerInputDigests, CellReason])[] = [
  ['definition', 'DEFINITION_CHANGED'],
  ['knowledge', 'KNOWLEDGE_CHANGED'],
  ['language', 'LANGUAGE_CHANGED'],
  ['analyst', 'ANALYST_CHANGED'],
  ['transcript', 'TRANSCRIPT_CHANGED'],
  ['conversation', 'CONVERSATION_CHANGED'],
];

/**
 * Whether a stored answer is used again: it is the answer to the very same question about the same words.
 * @param identities of all answers about the conversation
 */
export const isReusable = ({ made }: NewCell, identities: ReadonlySet<string>, isForced: boolean): boolean =>
  !isForced && made !== null && identities.has(made.identity);

/** What is done with a cell that is not reusable. */
export function openCell({ definitionId, made }: NewCell, stored: StoredCell | undefined, isForced: boolean): CellPlan {
  if (!stored) return { definitionId, decision: 'NEW', reason: 'NEVER_ANSWERED' };
  return { definitionId, decision: 'RERUN', reason: reasonOf(made, stored, isForced) };
}

function reasonOf(made: NewCell['made'], { outcome, inputs }: StoredCell, isForced: boolean): CellReason {
  if (isForced) return 'FORCED';
  if (!made) return 'STAGE_RERUN';
  if (outcome === 'FAILED') return 'FAILED_BEFORE';
  if (!inputs) return 'INPUTS_UNKNOWN';
  return changes.find(([input]) => inputs[input] !== made.inputs[input])?.[1] ?? 'INPUTS_UNKNOWN';
}
