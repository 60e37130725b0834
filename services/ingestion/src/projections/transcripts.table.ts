import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { gone } from './fold.js';

type Recorded = PositionedEvent<EventOf<'TranscriptRecorded' | 'RerunTranscriptRecorded'>>;
type Forgotten = PositionedEvent<EventOf<'ConversationDeleted' | 'ConversationErased'>>;

const recorded = ({ event: { data, workspaceId, occurredAt } }: Recorded): Row => ({
  conversation_id: data.conversationId,
  transcript_version: String(data.transcriptVersion),
  workspace_id: workspaceId,
  revision_id: 'revisionId' in data ? data.revisionId : null,
  speakers: data.speakers,
  recorded_at: occurredAt,
});

/** One that is named again, by a later try of its revision, is the one that it was. */
const whole: RowFold<EventOf<'TranscriptRecorded' | 'RerunTranscriptRecorded'>> = {
  keys: ({ event: { data } }) => [[data.conversationId, String(data.transcriptVersion)]],
  evolve: (row, at) => row ?? recorded(at),
};

const forgotten: RowFold<EventOf<'ConversationDeleted' | 'ConversationErased'>> = {
  keys: ({ event: { data } }: Forgotten) =>
    (data.transcripts ?? []).map(({ version }) => [data.conversationId, String(version)]),
  evolve: gone,
};

/** Every whole transcript of a conversation, those that revisions made among them, and who speaks in it. */
export const transcripts: ProjectedTable = {
  name: 'transcripts',
  key: ['conversation_id', 'transcript_version'],
  columns: {
    conversation_id: 'uuid not null',
    transcript_version: 'text not null',
    workspace_id: 'uuid not null',
    /** Of the revision that made it; null for one of the conversation's own. */
    revision_id: 'uuid',
    speakers: 'jsonb not null',
    recorded_at: 'timestamptz not null',
  },
  on: {
    TranscriptRecorded: whole,
    RerunTranscriptRecorded: whole,
    ConversationDeleted: forgotten,
    ConversationErased: forgotten,
  },
};
