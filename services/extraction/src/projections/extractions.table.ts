import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row } from '@harmony/read-model';

type AboutConversation = PositionedEvent<
  EventOf<
    | 'ConversationSubmitted'
    | 'ConversationChanged'
    | 'SpeakerMatched'
    | 'TranscriptRecorded'
    | 'ExtractionRecorded'
    | 'ConversationDeleted'
    | 'ConversationErased'
  >
>;

const keys = ({ event }: AboutConversation): string[][] => [[event.data.conversationId]];

const columns = {
  conversation_id: 'uuid not null',
  workspace_id: 'uuid not null',
  team_id: 'uuid',
  owner_id: 'uuid not null',
  created_by: 'uuid not null',
  /** Of the latest transcript, which may not be looked through yet. */
  heard_speakers: 'jsonb not null',
  /** Of the transcript that was looked through. */
  speakers: 'jsonb not null',
  speaker_matches: 'jsonb not null',
  extraction_version: 'integer',
  transcript_version: 'integer',
  extraction: 'jsonb',
  statistics: 'jsonb',
  origin: 'jsonb',
  extracted_at: 'timestamptz',
} as const;

const submitted = ({ event }: PositionedEvent<EventOf<'ConversationSubmitted'>>): Row => ({
  conversation_id: event.data.conversationId,
  workspace_id: event.workspaceId,
  team_id: event.data.teamId,
  owner_id: event.data.ownerId,
  created_by: event.data.createdBy,
  heard_speakers: [],
  speakers: [],
  speaker_matches: {},
});

/** A row that is not there stays away: its conversation was erased. */
const changed = (row: Row | undefined, more: Row): Row | undefined => row && { ...row, ...more };

const gone = (): undefined => undefined;

/** What each conversation says; its row carries who may read it, since no other table is asked. */
export const extractions: ProjectedTable = {
  name: 'extractions',
  key: ['conversation_id'],
  columns,
  on: {
    ConversationSubmitted: { keys, becomes: (at) => submitted(at) },
    ConversationChanged: {
      keys,
      evolve: (row, { event: { data } }) =>
        changed(row, {
          ...(data.teamId !== undefined && { team_id: data.teamId }),
          ...(data.ownerId !== undefined && { owner_id: data.ownerId }),
        }),
    },
    SpeakerMatched: {
      keys,
      evolve: (row, { event: { data } }) => {
        const matches = row?.['speaker_matches'] as Record<string, unknown> | undefined;
        return changed(row, { speaker_matches: { ...matches, [data.speaker]: data.match } });
      },
    },
    TranscriptRecorded: {
      keys,
      evolve: (row, { event }) => changed(row, { heard_speakers: event.data.speakers }),
    },
    ExtractionRecorded: {
      keys,
      evolve: (row, { event: { data, occurredAt } }) =>
        changed(row, {
          speakers: row?.['heard_speakers'],
          extraction_version: data.extractionVersion,
          transcript_version: data.transcriptVersion,
          extraction: data.extraction,
          statistics: data.statistics,
          origin: data.origin,
          extracted_at: occurredAt,
        }),
    },
    ConversationDeleted: { keys, evolve: gone },
    ConversationErased: { keys, evolve: gone },
  },
};
