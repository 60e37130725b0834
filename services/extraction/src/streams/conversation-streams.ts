import { streams } from '@harmony/contracts';
import { StateStreams, type EventStore, type Loaded } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type Extracting } from '../domain/extracting.js';
import { evolveSpoken, type Spoken, type WantedTranscript } from '../domain/spoken.js';

/** Conversations in the event store: how far their extraction is. */
@Injectable()
export class ExtractingStreams extends StateStreams<Extracting> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.conversation, evolve });
  }
}

/** The same streams, for what was said; as large as the transcript. */
@Injectable()
export class SpokenStreams {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  /** With the words of one transcript. @throws HarmonyError STREAM_DELETED */
  load(conversationId: string, wanted: WantedTranscript = 'LATEST'): Promise<Loaded<Spoken>> {
    const definition = { stream: streams.conversation, evolve: evolveSpoken(wanted) };
    return new StateStreams<Spoken>(this.store, definition).load(conversationId);
  }
}
