import { streams } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type Transcription } from '../domain/transcription.js';

/** Conversations in the event store, as this service sees them. */
@Injectable()
export class TranscriptionStreams extends StateStreams<Transcription> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.conversation, evolve });
  }
}
