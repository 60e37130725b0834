import type { ConversationStatus, HarmonyEvent } from '@harmony/contracts';
import { formatPosition } from '@harmony/event-store';
import type { PositionedEvent, Row } from '@harmony/read-model';

export type ConversationEvent = HarmonyEvent & { readonly data: { readonly conversationId: string } };

/** The key of a row of which a conversation has one. */
export const conversationKey = ({ event }: { readonly event: ConversationEvent }): string[][] => [
  [event.data.conversationId],
];

/** What every event moves: when the conversation was last heard of, and where in its stream and in the log. */
export const touched = ({ event, revision, position }: PositionedEvent): Row => ({
  updated_at: event.occurredAt,
  revision,
  position: formatPosition(position),
});

/** What the pipeline's own events move: people who edit a conversation do not bring it forward. */
export const progress = (at: PositionedEvent): Row => ({ ...touched(at), progressed_at: at.event.occurredAt });

export const moved = (status: ConversationStatus, at: PositionedEvent): Row => ({
  ...progress(at),
  status,
  status_changed_at: at.event.occurredAt,
});

/** A row that is not there stays away: its conversation was erased. */
export const changed = (row: Row | undefined, more: Row): Row | undefined => row && { ...row, ...more };

export const gone = (): undefined => undefined;
