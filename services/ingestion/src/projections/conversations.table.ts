import { completedStatus, statusDuring, type EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { changed, conversationKey as keys, gone, moved, progress, touched } from './fold.js';
import { stagesAfter } from './stages.js';

const columns = {
  id: 'uuid not null',
  workspace_id: 'uuid not null',
  title: 'text not null',
  status: 'text not null',
  medium: 'text not null',
  source: 'text not null',
  team_id: 'uuid',
  contact_id: 'uuid',
  owner_id: 'uuid not null',
  created_by: 'uuid not null',
  tags: 'text[] not null',
  custom_fields: 'jsonb not null',
  started_at: 'timestamptz',
  created_at: 'timestamptz not null',
  updated_at: 'timestamptz not null',
  status_changed_at: 'timestamptz not null',
  transcript_version: 'text',
  transcript_origin: 'jsonb',
  turn_count: 'integer',
  word_count: 'integer',
  speakers: 'jsonb not null',
  speaker_matches: 'jsonb not null',
  upload: 'jsonb',
  recording: 'jsonb',
  stages: 'jsonb not null',
  failure_stage: 'text',
  failure_code: 'text',
  progressed_at: 'timestamptz not null',
  revision: 'integer not null',
  position: 'text not null',
} as const;

const submitted = (at: PositionedEvent<EventOf<'ConversationSubmitted'>>): Row => {
  const { data, workspaceId, occurredAt } = at.event;
  return {
    id: data.conversationId,
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
    started_at: data.startedAt ?? null,
    created_at: occurredAt,
    speakers: [],
    speaker_matches: {},
    stages: [],
    ...moved('QUEUED', at),
  };
};

/** Only what the event names; the rest of the row stays. */
function properties({ data }: EventOf<'ConversationChanged'>): Row {
  const named = {
    title: data.title,
    medium: data.medium,
    team_id: data.teamId,
    contact_id: data.contactId,
    owner_id: data.ownerId,
    tags: data.tags,
    custom_fields: data.customFields,
    started_at: data.startedAt,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

type StageFold = RowFold<EventOf<'StageStarted' | 'StageAttemptFailed' | 'StageSucceeded'>>;

const stage: StageFold = {
  keys,
  evolve: (row, at) => {
    const { event } = at;
    const begun = event.type === 'StageStarted' ? statusDuring[event.data.stage] : undefined;
    return row && { ...row, stages: stagesAfter(row, event), ...(begun ? moved(begun, at) : progress(at)) };
  },
};

/** A conversation as lists and its own page show it. */
export const conversations: ProjectedTable = {
  name: 'conversations',
  key: ['id'],
  columns,
  indexes: ['(workspace_id, created_at desc, id desc)', '(workspace_id, owner_id)', '(workspace_id, team_id)'],
  on: {
    ConversationSubmitted: { keys, becomes: (at) => submitted(at) },
    UploadStarted: {
      keys,
      evolve: (row, at) => changed(row, { upload: at.event.data, ...moved('UPLOADING', at) }),
    },
    UploadAborted: { keys, evolve: (row, at) => changed(row, { upload: null, ...progress(at) }) },
    UrlImportRequested: { keys, evolve: (row, at) => changed(row, progress(at)) },
    RecordingReceived: {
      keys,
      evolve: (row, at) => {
        const { recording: object, fileName, mediaType, hasVideo } = at.event.data;
        return changed(row, {
          upload: null,
          recording: { object, fileName, mediaType, hasVideo, prepared: null },
          ...moved('QUEUED', at),
        });
      },
    },
    /** What an earlier try of the same link brought is not what the transcript is of. */
    TranscriptReceived: { keys, evolve: (row, at) => changed(row, { recording: null, ...moved('QUEUED', at) }) },
    RecordingPrepared: {
      keys,
      evolve: (row, at) => {
        const { conversationId: _, ...prepared } = at.event.data;
        return row && changed(row, { recording: { ...(row['recording'] as object), prepared }, ...progress(at) });
      },
    },
    StageStarted: stage,
    StageAttemptFailed: stage,
    StageSucceeded: stage,
    TranscriptChunkRecorded: { keys, evolve: (row, at) => changed(row, progress(at)) },
    TranscriptRecorded: {
      keys,
      evolve: (row, at) => {
        const { transcriptVersion, turnCount, wordCount, speakers, origin } = at.event.data;
        return changed(row, {
          transcript_version: String(transcriptVersion),
          transcript_origin: origin ?? null,
          turn_count: turnCount,
          word_count: wordCount,
          speakers,
          ...progress(at),
        });
      },
    },
    SpeakerMatched: {
      keys,
      evolve: (row, at) => {
        const { speaker, match } = at.event.data;
        const matches = { ...(row?.['speaker_matches'] as Record<string, unknown> | undefined), [speaker]: match };
        return changed(row, { speaker_matches: matches, ...touched(at) });
      },
    },
    ConversationChanged: { keys, evolve: (row, at) => changed(row, { ...properties(at.event), ...touched(at) }) },
    ExtractionRecorded: { keys, evolve: (row, at) => changed(row, progress(at)) },
    ConversationCompleted: {
      keys,
      evolve: (row, at) => changed(row, moved(completedStatus(at.event.data), at)),
    },
    ConversationFailed: {
      keys,
      evolve: (row, at) => {
        const { stage: failed, code } = at.event.data;
        return changed(row, { failure_stage: failed, failure_code: code, ...moved('FAILED', at) });
      },
    },
    ConversationRetried: {
      keys,
      evolve: (row, at) => changed(row, { failure_stage: null, failure_code: null, ...moved('QUEUED', at) }),
    },
    ConversationDeleted: { keys, evolve: gone },
    ConversationErased: { keys, evolve: gone },
  },
};
