import {
  isTerminal,
  type ConversationSource,
  type ConversationStatus,
  type Medium,
  type PipelineStage,
} from '@harmony/contracts';
import { unnamedSpeaker, type Speaker } from '@harmony/transcript';

/** A row of `ingestion.conversations` as Postgres gives it back. */
export interface ConversationRow {
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
  readonly speakers: readonly Speaker[];
  readonly failure_stage: PipelineStage | null;
  readonly failure_code: string | null;
}

export interface SpeakerView extends Omit<Speaker, 'name'> {
  /** "User" for a speaker whom nothing names (P8). */
  readonly name: string;
  /** Part of all words, 0 to 1. */
  readonly wordShare: number;
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
  readonly failure: { readonly stage: PipelineStage; readonly code: string } | null;
}

/** A conversation that no stage has moved for so long needs a look (F108). */
const stuckAfterMs = 30 * 60_000;

export const conversationColumns = `id, title, status, medium, source, team_id, contact_id, owner_id, created_by, tags,
  custom_fields, started_at, created_at, updated_at, status_changed_at, turn_count, word_count, speakers,
  failure_stage, failure_code`;

export function toView(row: ConversationRow, now: Date): ConversationView {
  const { id, title, status, medium, source, tags, failure_stage: stage, failure_code: code } = row;
  return {
    ...{ id, title, status, medium, source, tags },
    stuck: !isTerminal(status) && now.getTime() - row.updated_at.getTime() > stuckAfterMs,
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
    speakers: row.speakers.map((speaker) => toSpeaker(speaker, row.word_count ?? 0)),
    failure: stage && code ? { stage, code } : null,
  };
}

const toSpeaker = ({ code, name, words, turns }: Speaker, allWords: number): SpeakerView => ({
  code,
  name: name ?? unnamedSpeaker,
  words,
  turns,
  wordShare: allWords === 0 ? 0 : words / allWords,
});
