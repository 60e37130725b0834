import { completedStatus, statusDuring, type ConversationStatus, type EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { evolveOutline, type ConversationOutline } from '../conversations/conversation-outline.js';
import { afterExtraction, afterRerunTranscript, afterStage, afterTranscript, unheard } from './earlier-stages.js';
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
      ...{ status: 'QUEUED', has_recording: false, ...unheard, extracted: null },
      ...outlined(outline),
    }
  );
}

type OutlineEvent = EventOf<'ConversationChanged' | 'TranscriptRecorded' | 'SpeakerMatched' | 'ExtractionRecorded'>;

const known = <Event extends OutlineEvent>(more: (event: Event) => Row = () => ({})): RowFold<Event> => ({
  keys,
  evolve: (row, { event }) => {
    const outline = row && evolveOutline(row['outline'] as ConversationOutline, event);
    return outline && changed(row, { ...outlined(outline), ...more(event) });
  },
});

const moved = <Event extends AboutConversation['event'] & PositionedEvent['event']>(
  to: (event: Event) => Row & { readonly status?: ConversationStatus },
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
    /** How long the sound of the recording is; null until it is prepared, and without one. */
    recording_ms: 'bigint',
    /** What made the last transcript of the recording and how long that took, see `Transcribed`; null without one. */
    transcribed: 'jsonb',
    /** What made the last extraction and what that took, see `Extracted`; null without one. */
    extracted: 'jsonb',
    /** When it took place, else when it came in. */
    happened_at: 'timestamptz not null',
    /** The conversation as runs know it, without its words. */
    outline: 'jsonb not null',
  },
  indexes: ['(workspace_id, owner_id)', '(workspace_id, team_id)', '(workspace_id, happened_at)'],
  on: {
    ConversationSubmitted: { keys, becomes: (at) => submitted(at) },
    ConversationChanged: known(),
    TranscriptRecorded: known(({ data, occurredAt }) => afterTranscript(data, occurredAt)),
    RerunTranscriptRecorded: {
      keys,
      evolve: (row, { event: { data, occurredAt } }) => changed(row, afterRerunTranscript(data, occurredAt)),
    },
    SpeakerMatched: known(),
    ExtractionRecorded: known(({ data }) => afterExtraction(data)),
    RerunExtractionRecorded: { keys, evolve: (row, { event: { data } }) => changed(row, afterExtraction(data)) },
    UploadStarted: moved(() => ({ status: 'UPLOADING' })),
    RecordingReceived: moved(() => ({ status: 'QUEUED', has_recording: true, ...unheard })),
    RecordingPrepared: moved<EventOf<'RecordingPrepared'>>(({ data }) => ({ recording_ms: data.durationMs })),
    TranscriptReceived: moved(() => ({ status: 'QUEUED', has_recording: false, ...unheard })),
    StageStarted: moved<EventOf<'StageStarted'>>(({ data: { stage } }) => {
      const status = statusDuring[stage];
      return status ? { status } : {};
    }),
    StageSucceeded: { keys, evolve: (row, { event: { data } }) => row && { ...row, ...afterStage(row, data) } },
    ConversationCompleted: moved<EventOf<'ConversationCompleted'>>(({ data }) => ({ status: completedStatus(data) })),
    ConversationFailed: moved(() => ({ status: 'FAILED' })),
    ConversationRetried: moved(() => ({ status: 'QUEUED' })),
    ConversationDeleted: forgotten,
    ConversationErased: forgotten,
    InsightsErased: forgotten,
  },
};
