import { streams } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type Extracting } from '../domain/extracting.js';
import { evolveSpoken, type Spoken } from '../domain/spoken.js';

/** Conversations in the event store: how far their extraction is. */
@Injectable()
export class ExtractingStreams extends StateStreams<Extracting> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.conversation, evolve });
  }
}

/** The same streams, for what was said; as large as the transcript. */
@Injectable()
export class SpokenStreams extends StateStreams<Spoken> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.conversation, evolve: evolveSpoken });
  }
}
