import type { HeardInputs } from '@harmony/analysis';
import type { Finding, RerunStage } from '@harmony/contracts';
import { heardOf } from '../../analyst/inquiry.js';
import { analysedConversation } from '../../conversations/analysed-conversation.js';
import type { Conversation } from '../../conversations/conversation.js';
import { belongingOf, type Judged } from './belonging.js';
import type { EarlierWork } from './earlier-work.js';
import { isReusable, openCell, type CellPlan, type NewCell, type StoredCell } from './plan-cells.js';
import type { Questions } from './questions.js';
import { startOf } from './start-of.js';

/** A conversation of the range and of the statuses that are asked for. */
export interface Candidate {
  readonly conversation: Conversation;
  readonly hasRecording: boolean;
  /** How long the recording is; null without one, and while nobody knows. */
  readonly recordingMs: number | null;
  /** Definitions with a result in the run that is in force for the project today; null where none is. */
  readonly inForce: readonly string[] | null;
  /** What analysts said of criteria, by run identity. */
  readonly verdicts: ReadonlyMap<string, Finding>;
}

/** A conversation that a revision covers. */
export interface Covered {
  readonly conversationId: string;
  readonly stage: RerunStage;
  /** Null for one that left the project: its run takes it out. */
  readonly asked: readonly NewCell[] | null;
  /** Whether a criterion is still to be judged by its run. */
  readonly isUndecided: boolean;
  readonly inForce: readonly string[];
  readonly work: EarlierWork;
}

/** What is stored of a conversation. */
export interface Stored {
  /** Of all answers about it, in any run. */
  readonly identities: ReadonlySet<string>;
  /** By definition; asked for cells only that are not reusable. */
  readonly cells: ReadonlyMap<string, StoredCell>;
}

export interface ConversationPlan {
  readonly conversationId: string;
  readonly stage: RerunStage;
  readonly isUndecided: boolean;
  readonly cells: readonly CellPlan[];
  readonly work: EarlierWork;
}

/** Whether a revision covers a conversation, and from where on; undefined for one that it does not. */
export function coverage(questions: Questions, candidate: Candidate): Covered | undefined {
  const { conversation, hasRecording, recordingMs } = candidate;
  const { id: conversationId, extraction } = conversation;
  const inForce = candidate.inForce ?? [];
  const latest = extraction?.transcriptVersion ?? conversation.transcriptVersion;
  const known = judgedBy(questions, candidate, latest);
  const workFrom = (stage: RerunStage, { asked: criteria }: Judged): EarlierWork => ({
    ...{ stage, recordingMs, isCertain: true, criteria },
  });
  if (known.belonging === 'OUT') {
    if (!candidate.inForce || !extraction) return undefined;
    const work = workFrom('INSIGHTS', known);
    return { ...{ conversationId, inForce, work }, stage: 'INSIGHTS', asked: null, isUndecided: false };
  }
  const start = startOf(conversation, hasRecording, questions.startStage);
  if (!start) return undefined;
  const { stage, transcriptVersion } = start;
  const asked = newCells(questions, transcriptVersion === null ? undefined : heard(conversation, transcriptVersion));
  // Of another transcript, what was said of this one does not hold.
  const found = transcriptVersion === latest ? known : judgedBy(questions, candidate, transcriptVersion);
  const isUndecided = known.belonging === 'UNDECIDED' || found.asked.ids.length > 0;
  return { conversationId, stage, asked, isUndecided, inForce, work: workFrom(stage, found) };
}

/** By what analysts said of one of its transcripts; null is one that is yet to be made. */
function judgedBy(
  { project, inputsOf }: Questions,
  { conversation, verdicts }: Candidate,
  version: number | null,
): Judged {
  const about = version === null ? undefined : heard(conversation, version);
  return belongingOf(project, conversation, (criterion) =>
    about ? verdicts.get(inputsOf(criterion).identityOf(about)) : undefined,
  );
}

/** Cells of which it must be known what is stored, since their answers cannot be used again. */
export const openCells = ({ isForced }: Questions, { asked }: Covered, identities: ReadonlySet<string>): NewCell[] =>
  (asked ?? []).filter((cell) => !isReusable(cell, identities, isForced));

/** What is done with each cell of a conversation, and why. */
export function planConversation({ isForced }: Questions, covered: Covered, stored: Stored): ConversationPlan {
  const { conversationId, stage, isUndecided, asked, inForce, work } = covered;
  const cells = (asked ?? []).map((cell): CellPlan =>
    isReusable(cell, stored.identities, isForced)
      ? { definitionId: cell.definitionId, decision: 'REUSED', reason: 'UNCHANGED' }
      : openCell(cell, stored.cells.get(cell.definitionId), isForced),
  );
  const askedIds = new Set(cells.map(({ definitionId }) => definitionId));
  const left = inForce
    .filter((definitionId) => !askedIds.has(definitionId))
    .map((definitionId): CellPlan => ({
      ...{ definitionId, decision: 'OUT_OF_SCOPE' },
      reason: asked ? 'DEFINITION_INACTIVE' : 'NOT_ELIGIBLE',
    }));
  return { conversationId, stage, isUndecided, cells: [...cells, ...left], work };
}

const newCells = ({ definitions }: Questions, about: HeardInputs | undefined): NewCell[] =>
  definitions.map(({ definitionId, inputs }) => ({
    definitionId,
    made: about ? { identity: inputs.identityOf(about), inputs: inputs.digestsOf(about) } : null,
  }));

const heard = (conversation: Conversation, version: number): HeardInputs =>
  heardOf(analysedConversation(conversation, version), version);
