import { streams } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolveUrlFetch, type UrlFetch } from './url-fetch.js';

/** Links in the event store, each in the stream of its conversation. */
@Injectable()
export class UrlFetchStreams extends StateStreams<UrlFetch> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.conversation, evolve: evolveUrlFetch });
  }
}
