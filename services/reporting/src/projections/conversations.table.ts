import { completedStatus, statusDuring, type ConversationStatus, type EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { changed, changedAt, instant, named, positionColumns } from './past.js';

interface AboutConversation {
  readonly event: { readonly data: { readonly conversationId: string } };
}

const keys = ({ event: { data } }: AboutConversation): string[][] => [[data.conversationId]];

/** What may be null is so in the row of a deleted conversation, and where it says so. */
const columns = {
  conversation_id: 'uuid not null',
  workspace_id: 'uuid not null',
  title: 'text',
  medium: 'text',
  source: 'text',
  /** Null for none. */
  team_id: 'uuid',
  /** Null for none. */
  contact_id: 'uuid',
  owner_id: 'uuid',
  created_by: 'uuid',
  tags: 'text[] not null',
  custom_fields: 'jsonb not null',
  status: 'text',
  created_at: 'timestamptz',
  /** When it took place, else when it came in. */
  happened_at: 'timestamptz',
  /** Null until it is extracted, and where the transcript states no times. */
  duration_ms: 'bigint',
  /** Null until it is extracted. */
  word_count: 'integer',
  /** The latest run of the pipeline itself; null until there is one. */
  pipeline_run_id: 'uuid',
  is_deleted: 'boolean not null',
  past: 'jsonb not null',
  ...positionColumns,
} as const;

const submitted = (at: PositionedEvent<EventOf<'ConversationSubmitted'>>): Row => {
  const { data, workspaceId, occurredAt } = at.event;
  return {
    conversation_id: data.conversationId,
    workspace_id: workspaceId,
    title: data.title,
    medium: data.medium,
    source: data.source,
    team_id: data.teamId,
    contact_id: data.contactId,
    owner_id: data.ownerId,
    created_by: data.createdBy,
    tags: data.tags,
    custom_fields: data.customFields,
    status: 'QUEUED',
    created_at: occurredAt,
    happened_at: data.startedAt ?? occurredAt,
    is_deleted: false,
    past: [],
    ...changedAt(at),
  };
};

/** Nothing of it stays but that it is gone, so that whoever counted it hears of it. The same from either event. */
const forgotten: RowFold<EventOf<'ConversationDeleted' | 'ConversationErased'>> = {
  keys,
  becomes: (at) => ({
    conversation_id: at.event.data.conversationId,
    workspace_id: at.event.workspaceId,
    tags: [],
    custom_fields: {},
    is_deleted: true,
    past: [],
    ...changedAt(at),
  }),
};

/** Jobs that still run when a conversation is deleted add nothing to it. */
const present = (row: Row | undefined, at: PositionedEvent, more: (row: Row) => Row): Row | undefined =>
  row && (row['is_deleted'] === true ? row : changed(row, at, more(row)));

const properties = ({ data }: EventOf<'ConversationChanged'>, row: Row): Row =>
  named({
    title: data.title,
    medium: data.medium,
    team_id: data.teamId,
    contact_id: data.contactId,
    owner_id: data.ownerId,
    tags: data.tags,
    custom_fields: data.customFields,
    happened_at: data.startedAt === undefined ? undefined : instant(data.startedAt ?? String(row['created_at'])),
  });

type Beginning = EventOf<'UploadStarted' | 'RecordingReceived' | 'TranscriptReceived' | 'ConversationRetried'>;

const becomes = (status: ConversationStatus): RowFold<Beginning> => ({
  keys,
  evolve: (row, at) => present(row, at, () => ({ status })),
});

/** What filters need to know of a conversation, now and in the past. */
export const conversations: ProjectedTable = {
  name: 'conversations',
  key: ['conversation_id'],
  columns,
  indexes: [
    '(workspace_id, happened_at desc, conversation_id desc) where not is_deleted',
    '(workspace_id, changed_major, changed_minor)',
  ],
  on: {
    ConversationSubmitted: { keys, becomes: (at) => submitted(at) },
    UploadStarted: becomes('UPLOADING'),
    RecordingReceived: becomes('QUEUED'),
    TranscriptReceived: becomes('QUEUED'),
    ConversationRetried: becomes('QUEUED'),
    StageStarted: {
      keys,
      evolve: (row, at) => present(row, at, ({ status }) => ({ status: statusDuring[at.event.data.stage] ?? status })),
    },
    ConversationCompleted: {
      keys,
      evolve: (row, at) => present(row, at, () => ({ status: completedStatus(at.event.data) })),
    },
    ConversationFailed: { keys, evolve: (row, at) => present(row, at, () => ({ status: 'FAILED' })) },
    ConversationChanged: { keys, evolve: (row, at) => present(row, at, (before) => properties(at.event, before)) },
    ExtractionRecorded: {
      keys,
      evolve: (row, at) => {
        const { durationMs: duration_ms, words: word_count } = at.event.data.statistics;
        return present(row, at, () => ({ duration_ms, word_count }));
      },
    },
    InsightsRunStarted: {
      keys,
      evolve: (row, at) => {
        const { kind, runId } = at.event.data;
        return present(row, at, () => (kind === 'PIPELINE' ? { pipeline_run_id: runId } : {}));
      },
    },
    ConversationDeleted: forgotten,
    ConversationErased: forgotten,
  },
};
