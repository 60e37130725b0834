import { completedStatus, statusDuring, type ConversationStatus, type EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { evolveOutline, type ConversationOutline } from '../conversations/conversation-outline.js';
import { changed, gone } from './fold.js';

interface AboutConversation {
  readonly event: { readonly data: { readonly conversationId: string } };
}

const keys = ({ event: { data } }: AboutConversation): string[][] => [[data.conversationId]];

const forgotten: RowFold<EventOf<'ConversationDeleted' | 'ConversationErased' | 'InsightsErased'>> = {
  keys,
  evolve: gone,
};

const outlined = (outline: ConversationOutline): Row => ({
  team_id: outline.properties.teamId,
  owner_id: outline.properties.ownerId,
  happened_at: outline.properties.startedAt ?? outline.submittedAt,
  outline,
});

function submitted({ event }: PositionedEvent<EventOf<'ConversationSubmitted'>>): Row | undefined {
  const outline = evolveOutline(undefined, event);
  return (
    outline && {
      conversation_id: event.data.conversationId,
      workspace_id: event.workspaceId,
      created_by: event.data.createdBy,
      ...{ status: 'QUEUED', has_recording: false },
      ...outlined(outline),
    }
  );
}

type OutlineEvent = EventOf<'ConversationChanged' | 'TranscriptRecorded' | 'SpeakerMatched' | 'ExtractionRecorded'>;

const known: RowFold<OutlineEvent> = {
  keys,
  evolve: (row, { event }) => {
    const outline = row && evolveOutline(row['outline'] as ConversationOutline, event);
    return outline && changed(row, outlined(outline));
  },
};

const moved = <Event extends AboutConversation['event'] & PositionedEvent['event']>(
  to: (event: Event) => { readonly status?: ConversationStatus; readonly has_recording?: boolean },
): RowFold<Event> => ({ keys, evolve: (row, { event }) => changed(row, to(event)) });

/** Whose a conversation is, which decides who may read what was found in it, and what plans need to know of it. */
export const insightsConversations: ProjectedTable = {
  name: 'conversations',
  key: ['conversation_id'],
  columns: {
    conversation_id: 'uuid not null',
    workspace_id: 'uuid not null',
    team_id: 'uuid',
    owner_id: 'uuid not null',
    created_by: 'uuid not null',
    /** As lists of conversations show it (D1). */
    status: 'text not null',
    /** Whether there is something to be transcribed anew. */
    has_recording: 'boolean not null',
    /** When it took place, else when it came in. */
    happened_at: 'timestamptz not null',
    /** The conversation as runs know it, without its words. */
    outline: 'jsonb not null',
  },
  indexes: ['(workspace_id, owner_id)', '(workspace_id, team_id)', '(workspace_id, happened_at)'],
  on: {
    ConversationSubmitted: { keys, evolve: (_row, at) => submitted(at) },
    ConversationChanged: known,
    TranscriptRecorded: known,
    SpeakerMatched: known,
    ExtractionRecorded: known,
    UploadStarted: moved(() => ({ status: 'UPLOADING' })),
    RecordingReceived: moved(() => ({ status: 'QUEUED', has_recording: true })),
    TranscriptReceived: moved(() => ({ status: 'QUEUED', has_recording: false })),
    StageStarted: moved<EventOf<'StageStarted'>>(({ data: { stage } }) => {
      const status = statusDuring[stage];
      return status ? { status } : {};
    }),
    ConversationCompleted: moved<EventOf<'ConversationCompleted'>>(({ data }) => ({ status: completedStatus(data) })),
    ConversationFailed: moved(() => ({ status: 'FAILED' })),
    ConversationRetried: moved(() => ({ status: 'QUEUED' })),
    ConversationDeleted: forgotten,
    ConversationErased: forgotten,
    InsightsErased: forgotten,
  },
};
