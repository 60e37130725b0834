import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '@harmony/testing';
import { anEvent, freshName, someEvents } from '../contract-suite/events.js';
import { idsOf, streamOf } from '../contract-suite/subject.js';
import { EventStoreDbEventStore } from './event-store-db.js';
import { openFaultyStore, type FaultyStore } from '../testing/faulty-event-store-db.js';

jest.setTimeout(60_000);

let faulty: FaultyStore;
afterEach(() => faulty.close());

describe.each(['before', 'after'] as const)('a connection that drops in mid-append, %s the server took it,', (when) => {
  it('leaves the events written once, since the append is repeated by itself', async () => {
    faulty = await openFaultyStore();
    const stream = freshName();
    const events = someEvents(3);
    faulty.double.faults.duringAppend = { count: 2, when, act: faulty.cut };
    expect(await faulty.store.append(stream, events, 'none')).toMatchObject({ revision: 2, repeated: false });
    expect(idsOf(await streamOf(faulty.store, stream))).toEqual(idsOf(events));
    expect(faulty.double.calls.append).toBe(3);
  });

  it('reaches the caller when nothing is expected of the stream, and its own repetition writes nothing twice', async () => {
    faulty = await openFaultyStore();
    const stream = freshName();
    const events = someEvents(2);
    faulty.double.faults.duringAppend = { count: 1, when, act: faulty.cut };
    await expect(faulty.store.append(stream, events, 'any')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(await faulty.store.append(stream, events, 'any')).toMatchObject({ revision: 1, repeated: when === 'after' });
    expect(idsOf(await streamOf(faulty.store, stream))).toEqual(idsOf(events));
  });
});

it('an append whose reply is lost returns its first result although others have appended since', async () => {
  faulty = await openFaultyStore();
  const stream = freshName();
  const [mine, theirs] = [someEvents(2), someEvents(2)];
  const { faults } = faulty.double;
  let appended: Promise<unknown> = Promise.resolve();
  const act = (): void => {
    faulty.cut();
    appended = faulty.others.append(stream, theirs, 1);
  };
  faults.duringAppend = { count: 1, when: 'after', act };
  expect(await faulty.store.append(stream, mine, 'none')).toMatchObject({ revision: 1, repeated: false });
  await appended;
  expect(idsOf(await streamOf(faulty.store, stream))).toEqual(idsOf([...mine, ...theirs]));
});

it.each(['before', 'after'] as const)(
  'an append that never gets an answer (%s it was taken) ends at our own deadline and is repeated',
  async (when) => {
    faulty = await openFaultyStore({ attemptMs: 400 });
    const stream = freshName();
    faulty.double.faults.unansweredAppends = { count: 1, when };
    expect(await faulty.store.append(stream, someEvents(2), 'none')).toMatchObject({ revision: 1, repeated: false });
    expect(await streamOf(faulty.store, stream)).toHaveLength(2);
  },
);

it('a server that is unavailable for a while is asked again until it answers', async () => {
  faulty = await openFaultyStore();
  const stream = freshName();
  faulty.double.faults.unavailableCalls = 4;
  await faulty.store.append(stream, someEvents(2), 'none');
  faulty.double.faults.unavailableCalls = 4;
  expect(await streamOf(faulty.store, stream)).toHaveLength(2);
  faulty.double.faults.unavailableCalls = 4;
  await faulty.store.deleteStream(stream, 1);
  await expect(streamOf(faulty.store, stream)).rejects.toMatchObject({ code: 'STREAM_DELETED' });
});

it('a server that stays away ends in STORE_UNAVAILABLE once the patience is used up', async () => {
  faulty = await openFaultyStore({ patienceMs: 200, attemptMs: 200 });
  faulty.proxy.set({ kind: 'cut' });
  const away = { code: 'STORE_UNAVAILABLE' };
  await expect(faulty.store.append(freshName(), [anEvent()], 'none')).rejects.toMatchObject(away);
  await expect(streamOf(faulty.store, freshName())).rejects.toMatchObject(away);
  await expect(faulty.store.head()).rejects.toMatchObject(away);
  faulty.proxy.set({ kind: 'pass' });
  await eventually(() => faulty.store.head());
});

it('a wrong expectation is told at once and never sent twice', async () => {
  faulty = await openFaultyStore();
  const stream = freshName();
  await faulty.others.append(stream, someEvents(3), 'none');
  await expect(faulty.store.append(stream, [anEvent()], 0)).rejects.toMatchObject({
    code: 'WRONG_EXPECTED_REVISION',
    facts: { expected: 0, actual: 2 },
  });
  expect(faulty.double.calls.append).toBe(2);
});

it('no option in the URL makes a refused append look like a success', async () => {
  faulty = await openFaultyStore();
  const url = `esdb://127.0.0.1:${faulty.proxy.port}?tls=false&throwOnAppendFailure=false`;
  const store = new EventStoreDbEventStore({ url });
  await expect(store.append(freshName(), [anEvent()], 7)).rejects.toMatchObject({ code: 'WRONG_EXPECTED_REVISION' });
  await store.close();
});

it('a broken connection fails only the append that used it, and none of another store in the process', async () => {
  faulty = await openFaultyStore();
  let inFlight: Promise<unknown> = Promise.resolve();
  const act = (): void => {
    inFlight = Promise.all(Array.from({ length: 8 }, () => faulty.others.append(freshName(), [anEvent()], 'any')));
    faulty.cut();
  };
  faulty.double.faults.duringAppend = { count: 1, when: 'before', act };
  await expect(faulty.store.append(freshName(), [anEvent()], 'any')).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
  });
  await inFlight;
});

it('a read that is cut off in the middle goes on after the last event that it gave', async () => {
  faulty = await openFaultyStore();
  const stream = freshName();
  const events = someEvents(60, { data: { text: 'x'.repeat(10_000) } });
  await faulty.others.append(stream, events, 'none');
  for (const direction of ['forward', 'backward'] as const) {
    const read: string[] = [];
    for await (const event of faulty.store.readStream(stream, { direction })) {
      read.push(event.id);
      if (read.length % 20 === 0) faulty.cut();
    }
    expect(read).toEqual(direction === 'forward' ? idsOf(events) : idsOf(events).reverse());
  }
});
