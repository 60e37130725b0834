import { afterEach, expect, it, jest } from '@jest/globals';
import { eventually } from '@harmony/testing';
import { freshName, someEvents } from '../contract-suite/events.js';
import { follow } from '../contract-suite/follower.js';
import { batchesOf, eventsOf, idsOf } from '../contract-suite/subject.js';
import type { EventToAppend, LogBatch } from '../port.js';
import { comparePositions, logStart } from '../position.js';
import { openFaultyStore, type FaultyStore } from '../testing/faulty-event-store-db.js';

jest.setTimeout(60_000);

let faulty: FaultyStore;
afterEach(() => faulty.close());

const prefix = freshName();
const filter = { streamPrefixes: [prefix] };

/** Appends events one by one, among others that do not match. */
async function appendSome(count: number): Promise<EventToAppend[]> {
  const events = someEvents(count);
  for (const [index, event] of events.entries()) {
    await faulty.others.append(`${prefix}-${index % 3}`, [event], 'any');
    await faulty.others.append('noise-1', someEvents(1), 'any');
  }
  return events;
}

it('a connection that drops again and again in mid-subscription loses, doubles and reorders nothing', async () => {
  faulty = await openFaultyStore();
  const follower = follow(faulty.store, { after: logStart, filter, batchSize: 5 });
  const events: EventToAppend[] = [];
  for (let round = 0; round < 8; round += 1) {
    events.push(...(await appendSome(10)));
    faulty.cut();
  }
  await follower.until(() => follower.events.length >= events.length);
  await follower.stop();
  expect(idsOf(follower.events)).toEqual(idsOf(events));
  expect(faulty.double.calls.subscribe).toBeGreaterThan(1);
});

it('a server that is unavailable for a while is followed as soon as it is back', async () => {
  faulty = await openFaultyStore();
  faulty.double.faults.unavailableCalls = 6;
  const follower = follow(faulty.store, { after: logStart, filter });
  await follower.until(({ batches }) => batches.length > 0);
  faulty.proxy.set({ kind: 'cut' });
  const events = await appendSome(20);
  faulty.proxy.set({ kind: 'pass' });
  await follower.until(() => follower.events.length >= 20);
  await follower.stop();
  expect(idsOf(follower.events)).toEqual(idsOf(events));
});

it('a subscription that the server ends without a word is resumed after the last batch', async () => {
  faulty = await openFaultyStore();
  faulty.double.faults.endSubscriptionAfter = 7;
  const events = await appendSome(50);
  const follower = follow(faulty.store, { after: logStart, filter, batchSize: 3 });
  await follower.until(() => follower.events.length >= 50);
  await follower.stop();
  expect(idsOf(follower.events)).toEqual(idsOf(events));
});

it('a subscription that stays open and silent while the log grows is noticed and left', async () => {
  faulty = await openFaultyStore();
  const follower = follow(faulty.store, { after: logStart, filter });
  await follower.until(({ batches }) => batches.some(({ caughtUp }) => caughtUp));
  faulty.double.faults.stalled = true;
  const silent = await appendSome(10);
  await follower.until(() => follower.events.length >= 10);
  faulty.double.faults.stalled = false;
  const live = await appendSome(10);
  await follower.until(() => follower.events.length >= 20);
  await follower.stop();
  expect(idsOf(follower.events)).toEqual(idsOf([...silent, ...live]));
});

it('a connection on which no byte passes any more is noticed too', async () => {
  faulty = await openFaultyStore({ attemptMs: 300 });
  const follower = follow(faulty.store, { after: logStart, filter });
  await follower.until(({ batches }) => batches.some(({ caughtUp }) => caughtUp));
  faulty.proxy.set({ kind: 'half-open' });
  const events = await appendSome(10);
  faulty.cut();
  await follower.until(() => follower.events.length >= 10);
  await follower.stop();
  expect(idsOf(follower.events)).toEqual(idsOf(events));
});

it('a slow consumer holds the server back, and no checkpoint runs ahead of what it was given', async () => {
  faulty = await openFaultyStore();
  const total = 2_400;
  const events = someEvents(total, { data: { text: 'x'.repeat(8_000) } });
  for (let from = 0; from < total; from += 80) {
    await faulty.others.append(`${prefix}-0`, events.slice(from, from + 80), 'any');
  }
  let proceed = (): void => undefined;
  const gate = new Promise<void>((resolve) => (proceed = resolve));
  const follower = follow(faulty.others, { after: logStart, filter, batchSize: 50 }, () => gate);
  await follower.until(({ batches }) => batches.length > 0);
  let sent = -1;
  await eventually(
    () => {
      const before = sent;
      sent = faulty.double.eventsSent;
      if (sent !== before) throw new Error('The server is still sending.');
    },
    { everyMs: 250 },
  );
  expect(sent).toBeLessThan(total / 3);
  expect(follower.batches).toHaveLength(1);
  proceed();
  await follower.until(() => follower.events.length >= total);
  await follower.stop();
  expect(idsOf(follower.events)).toEqual(idsOf(events));
  expectNoGapBetween(follower.batches);
});

it('on a server that never says that a reader caught up, the reader finds out by itself', async () => {
  faulty = await openFaultyStore();
  faulty.double.faults.silentAboutLiveness = true;
  const events = await appendSome(5);
  const batches = await batchesOf(faulty.store, { filter });
  expect(idsOf(eventsOf(batches))).toEqual(idsOf(events));
  expect(batches.at(-1)?.scannedTo).toEqual(await faulty.others.head());
  const quiet = follow(faulty.store, { after: logStart, filter: { types: ['Never'] } });
  await quiet.until(({ batches: soFar }) => soFar.some(({ caughtUp }) => caughtUp));
  await quiet.stop();
});

it('reading the log once gives up when the store stays away', async () => {
  faulty = await openFaultyStore({ patienceMs: 200, attemptMs: 200 });
  faulty.proxy.set({ kind: 'cut' });
  await expect(batchesOf(faulty.store)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

it('a follower that is aborted while the store is away ends', async () => {
  faulty = await openFaultyStore();
  faulty.proxy.set({ kind: 'cut' });
  const follower = follow(faulty.store, { after: logStart, filter });
  await follower.stop();
  expect(follower.batches).toEqual([]);
});

/** Whoever stored `scannedTo` after any batch would resume with the very next event. */
function expectNoGapBetween(batches: readonly LogBatch[]): void {
  for (const [index, { scannedTo }] of batches.entries()) {
    const next = eventsOf(batches.slice(index + 1))[0];
    if (next) expect(comparePositions(scannedTo, next.position)).toBeLessThan(0);
  }
}
