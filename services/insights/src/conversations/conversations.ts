import { streams } from '@harmony/contracts';
import { StreamCache, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type Conversation } from './conversation.js';

/** Characters of transcripts that stay in memory: a few hundred hours of talk. */
const maximumCharacters = 20_000_000;

/** Conversations in the event store; a transcript is read and decoded once for all of its questions. */
@Injectable()
export class Conversations extends StreamCache<Conversation> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.conversation, evolve }, { entries: 500, sizeOf, maximumSize: maximumCharacters });
  }
}

/** Characters of its transcripts. */
function sizeOf(conversation: Conversation | undefined): number {
  if (!conversation) return 1;
  let characters = 1;
  for (const { chunks } of conversation.transcripts.values()) {
    for (const turns of chunks) for (const { text } of turns) characters += text.length;
  }
  return characters;
}
