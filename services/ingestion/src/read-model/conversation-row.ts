import {
  conversationStatuses,
  isTerminal,
  type ConversationSource,
  type ConversationStatus,
  type Medium,
  type PipelineStage,
} from '@harmony/contracts';
import type { Speaker } from '@harmony/transcript';
import type { SpeakerMatch } from '../domain/conversation.js';
import type { StageAttempt } from '../projections/stages.js';
import { recordingView, type RecordingColumn, type RecordingView } from '../recordings/recording-view.js';
import type { MatchedSpeakers, NameOf } from '../speakers/speaker-names.js';

/** A row of `ingestion.conversations` as Postgres gives it back. */
export interface ConversationRow extends MatchedSpeakers {
  readonly id: string;
  readonly title: string;
  readonly status: ConversationStatus;
  readonly medium: Medium;
  readonly source: ConversationSource;
  readonly team_id: string | null;
  readonly contact_id: string | null;
  readonly owner_id: string;
  readonly created_by: string;
  readonly tags: string[];
  readonly custom_fields: Record<string, unknown>;
  readonly started_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly status_changed_at: Date;
  readonly turn_count: number | null;
  readonly word_count: number | null;
  readonly recording: RecordingColumn | null;
  readonly stages: readonly StageAttempt[];
  readonly failure_stage: PipelineStage | null;
  readonly failure_code: string | null;
  readonly progressed_at: Date;
  readonly revision: number;
}

export interface SpeakerView extends Pick<Speaker, 'code' | 'words' | 'turns'> {
  /** As whoever they are matched to is called now, else as the transcript names them; "User" when nothing does (P8). */
  readonly name: string;
  /** Whom somebody said they are. */
  readonly match: { readonly kind: SpeakerMatch['kind']; readonly id: string | null } | null;
  /** Part of all words, 0 to 1. */
  readonly wordShare: number;
}

/** One try of a stage as readers see it. */
export interface StageView extends Omit<StageAttempt, 'startedAt'> {
  readonly startedAt: Date;
}

/** A conversation as its readers see it. */
export interface ConversationView {
  readonly id: string;
  readonly title: string;
  readonly status: ConversationStatus;
  readonly stuck: boolean;
  readonly medium: Medium;
  readonly source: ConversationSource;
  readonly teamId: string | null;
  readonly contactId: string | null;
  readonly ownerId: string;
  readonly createdBy: string;
  readonly tags: readonly string[];
  readonly customFields: Record<string, unknown>;
  readonly startedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly statusChangedAt: Date;
  readonly turnCount: number | null;
  readonly wordCount: number | null;
  readonly speakers: readonly SpeakerView[];
  /** Null for a conversation of text, and until it can be played. */
  readonly recording: RecordingView | null;
  readonly stages: readonly StageView[];
  readonly failure: { readonly stage: PipelineStage; readonly code: string } | null;
  readonly revision: number;
}

/** A conversation that no stage has moved for so long needs a look (F108). */
const stuckAfterMs = 30 * 60_000;

/** Statuses in which a conversation cannot be stuck: it has ended, or its sender is at it, and an upload expires. */
export const unhurried = conversationStatuses.filter((status) => isTerminal(status) || status === 'UPLOADING');

/** Whoever was not moved since then is stuck. */
export const stuckSince = (now: Date): Date => new Date(now.getTime() - stuckAfterMs);

export const conversationColumns = `id, title, status, medium, source, team_id, contact_id, owner_id, created_by, tags,
  custom_fields, started_at, created_at, updated_at, status_changed_at, turn_count, word_count, speakers,
  speaker_matches, recording, stages, failure_stage, failure_code, progressed_at, revision`;

export function toView(row: ConversationRow, now: Date, nameOf: NameOf): ConversationView {
  const { id, title, status, medium, source, tags, revision, failure_stage: stage, failure_code: code } = row;
  return {
    ...{ id, title, status, medium, source, tags, revision },
    stuck: !unhurried.includes(status) && row.progressed_at < stuckSince(now),
    teamId: row.team_id,
    contactId: row.contact_id,
    ownerId: row.owner_id,
    createdBy: row.created_by,
    customFields: row.custom_fields,
    startedAt: row.started_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    statusChangedAt: row.status_changed_at,
    turnCount: row.turn_count,
    wordCount: row.word_count,
    speakers: row.speakers.map((speaker) => toSpeaker(speaker, row, nameOf)),
    recording: recordingView(id, row.recording),
    stages: row.stages.map((attempt) => ({ ...attempt, startedAt: new Date(attempt.startedAt) })),
    failure: stage && code ? { stage, code } : null,
  };
}

function toSpeaker({ code, words, turns }: Speaker, row: ConversationRow, nameOf: NameOf): SpeakerView {
  const match = row.speaker_matches[code] ?? null;
  return {
    ...{ code, words, turns },
    name: nameOf(row, code),
    match: match && { kind: match.kind, id: match.kind === 'NAME' ? null : match.id },
    wordShare: row.word_count ? words / row.word_count : 0,
  };
}
