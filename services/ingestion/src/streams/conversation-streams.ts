import { streams } from '@harmony/contracts';
import { StateStreams, type EventStore, type Loaded } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type Conversation } from '../domain/conversation.js';

export type LoadedConversation = Loaded<Conversation>;

/** Conversations in the event store, as the deciders of ingestion see them. */
@Injectable()
export class ConversationStreams extends StateStreams<Conversation> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.conversation, evolve });
  }
}
