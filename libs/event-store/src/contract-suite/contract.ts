import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import type { EventStore } from '../port.js';
import { appending } from './appending.js';
import { deleting } from './deleting.js';
import { followingTheLog } from './following-the-log.js';
import { behavingLikeTheModel } from './model.js';
import { positions } from './positions.js';
import { readingStreams } from './reading-streams.js';
import { readingTheLog } from './reading-the-log.js';
import { repeating } from './repeating.js';

export interface EventStoreUnderTest {
  /** Opens the store once for the whole suite; its log may hold events of others. */
  readonly open: () => Promise<{ readonly store: EventStore; close(): Promise<void> }>;
  /** True when a deleted stream's events leave the log with the deletion, false when the store removes them later. */
  readonly erasesAtOnce: boolean;
}

/** What every EventStore promises; each adapter runs it. */
export function eventStoreContract(adapterName: string, { open, erasesAtOnce }: EventStoreUnderTest): void {
  jest.setTimeout(60_000);
  describe(`${adapterName} keeps the event store contract:`, () => {
    let opened: Awaited<ReturnType<typeof open>> | undefined;
    const subject = (): EventStore => {
      if (!opened) throw new Error('The store did not open.');
      return opened.store;
    };
    beforeAll(async () => {
      opened = await open();
    }, 120_000);
    afterAll(async () => opened?.close(), 60_000);

    describe('appending', () => appending(subject));
    describe('repeating an append', () => repeating(subject));
    describe('reading a stream', () => readingStreams(subject));
    describe('reading the log', () => readingTheLog(subject));
    describe('following the log', () => followingTheLog(subject));
    describe('positions', () => positions(subject));
    describe('deleting a stream', () => deleting(subject, erasesAtOnce));
    describe('any sequence of commands', () => behavingLikeTheModel(subject));
  });
}
