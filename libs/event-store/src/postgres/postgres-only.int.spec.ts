import { newId } from '@harmony/kernel';
import { createTestDatabase, eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { follow } from '../contract-suite/follower.js';
import type { EventToAppend, LogBatch, RecordedEvent } from '../port.js';
import { comparePositions, type LogPosition } from '../position.js';
import { lastPosition } from '../testing/index.js';
import { PostgresEventStore } from './postgres-event-store.js';
import { migrateEventStore } from './testing/migrate-event-store.js';
import { appendWithin } from './testing/raw-writers.js';

const anEvent = (data: unknown = {}): EventToAppend => ({
  id: newId(),
  type: 'Written',
  version: 1,
  occurredAt: '2025-02-03T04:05:06.789Z',
  workspaceId: newId(),
  actor: { kind: 'SYSTEM', id: 'spec' },
  correlationId: 'correlation',
  causationId: 'causation',
  data,
});

const collect = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
};

jest.setTimeout(120_000);

describe('the event store on PostgreSQL', () => {
  let database: TestDatabase;
  let store: PostgresEventStore;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.pool);
    store = PostgresEventStore.open({ pool: database.pool });
  });
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  it('lets one append that Postgres refuses fail alone in its group', async () => {
    const good = Array.from({ length: 6 }, () => `good-${newId()}`);
    const outcomes = await Promise.allSettled(
      [...good.slice(0, 3), 'bad-\0', ...good.slice(3)].map((stream) => store.append(stream, [anEvent()], 'none')),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...Array<string>(3).fill('fulfilled'),
      'rejected',
      ...Array<string>(3).fill('fulfilled'),
    ]);
    expect(outcomes[3]).toMatchObject({ reason: { code: 'INVALID_INPUT' } });
  });

  it('keeps characters that Postgres cannot hold in text or jsonb', async () => {
    const data = { nul: 'a\0b', half: '\ud800', key: { 'k\0': 1 } };
    const stream = `odd-${newId()}`;
    await store.append(stream, [anEvent(data)], 'none');
    expect((await collect(store.readStream(stream)))[0]?.data).toEqual(data);
  });

  it('reads streams that are wanted at the same time together, and gives each its own', async () => {
    const prefix = `wanted-${newId()}`;
    const written = Array.from({ length: 200 }, (_, index) =>
      Array.from({ length: index === 7 ? 1_200 : index % 4 }, () => anEvent({ index })),
    );
    const nameOf = (index: number): string => `${prefix}-${index}`;
    await Promise.all(
      written.flatMap((events, index) => (events.length > 0 ? [store.append(nameOf(index), events, 'none')] : [])),
    );
    await store.deleteStream(nameOf(5), 'any');
    const queries = jest.spyOn(database.pool, 'query');
    const read = await Promise.allSettled(
      written.map((_, index) => collect(store.readStream(nameOf(index), { from: index % 3, limit: 1_000 }))),
    );
    // Eight at a time, the second page of the long one, and those that waited no longer for a full group.
    expect(queries.mock.calls.length).toBeLessThan(50);
    queries.mockRestore();
    const ids = read.map((one) => (one.status === 'fulfilled' ? one.value.map(({ id }) => id) : one.reason));
    const expected = written.map((events, index) =>
      index === 5
        ? expect.objectContaining({ code: 'STREAM_DELETED' })
        : events.slice(index % 3, (index % 3) + 1_000).map(({ id }) => id),
    );
    expect(ids).toEqual(expected);
  });

  it('lets one read that Postgres refuses fail alone among those that go with it', async () => {
    const good = `good-${newId()}`;
    const { id } = anEvent();
    await store.append(good, [{ ...anEvent(), id }], 'none');
    const names = [good, good, good, 'bad-\0', good, good];
    const outcomes = await Promise.allSettled(names.map((name) => collect(store.readStream(name))));
    expect(outcomes.map((one) => (one.status === 'fulfilled' ? one.value[0]?.id : one.reason))).toEqual([
      ...[id, id, id],
      expect.objectContaining({ code: 'INVALID_INPUT' }),
      ...[id, id],
    ]);
  });

  it('gives an event the same in its stream and in the log', async () => {
    const stream = `same-${newId()}`;
    await store.append(stream, [anEvent({ n: 1 }), anEvent({ n: 2 })], 'none');
    const inLog = await eventually(async () => {
      const events = (await collect(store.readLog({ filter: { streamPrefixes: [stream] } }))).flatMap((b) => b.events);
      expect(events).toHaveLength(2);
      return events;
    });
    expect(inLog).toEqual(await collect(store.readStream(stream)));
  });

  it('holds readers back behind an open transaction, says for how long, and then gives them everything', async () => {
    const blocker = await database.pool.connect();
    await eventually(async () => expect(await store.head()).toEqual(await lastPosition(database.pool)));
    const holdBack = async (): Promise<{ held: string; head: LogPosition; later: string; position: LogPosition }> => {
      await blocker.query('begin');
      const held = await appendWithin(blocker, `held-${newId()}`);
      const head = await store.head();
      const later = anEvent();
      const { position } = await store.append(`later-${newId()}`, [later], 'none');
      expect(await store.head()).toEqual(head);
      expect((await collect(store.readLog({ after: head }))).flatMap(({ events }) => events)).toEqual([]);
      expect(await store.horizonLag()).toBeGreaterThan(0);
      await blocker.query('commit');
      return { held, head, later: later.id, position };
    };
    const { held, head, later, position } = await holdBack().finally(() => blocker.release(true));
    await eventually(async () => expect(comparePositions(await store.head(), position)).toBeGreaterThanOrEqual(0));
    const ids = (await collect(store.readLog({ after: head }))).flatMap(({ events }) => events.map(({ id }) => id));
    expect(ids).toEqual([held, later]);
  });

  it('never puts the end of the log at a transaction number that no event has', async () => {
    const { position } = await store.append(`last-${newId()}`, [anEvent()], 'none');
    for (let count = 0; count < 5; count += 1) await database.pool.query('select pg_current_xact_id()');
    await eventually(async () => expect(await store.head()).toEqual(position));
    const batches = await collect(store.readLog({ filter: { types: ['Never'] } }));
    expect(batches.at(-1)).toEqual({ events: [], scannedTo: position, caughtUp: true });
  });

  it('scans a long quiet stretch in steps and reports each of them', async () => {
    await database.pool.query(`
      insert into event_store.events (pos, stream_id, revision, id, type, event)
      select n, 'quiet-' || n, 0, gen_random_uuid(), 'Quiet', '{}' from generate_series(1, 45000) n`);
    const match = anEvent();
    const { position } = await store.append(`found-${newId()}`, [match], 'none');
    await eventually(async () => expect(await store.head()).toEqual(position));
    const batches: LogBatch[] = await collect(store.readLog({ filter: { streamPrefixes: ['found-'] } }));
    expect(batches.length).toBeGreaterThanOrEqual(3);
    expect(batches.flatMap(({ events }) => events.map(({ id }) => id))).toEqual([match.id]);
    expect(batches.at(-1)).toMatchObject({ scannedTo: position, caughtUp: true });
  });

  it('resumes a subscription whose connections were all cut, without loss or repetition', async () => {
    const stream = `cut-${newId()}`;
    const ending = new AbortController();
    const got: RecordedEvent[] = [];
    const own = PostgresEventStore.open({ connectionString: `${database.url}?application_name=cut` });
    const after = await store.head();
    const loop = (async () => {
      const options = { after, filter: { streamPrefixes: [stream] }, signal: ending.signal };
      for await (const { events } of own.subscribe(options)) got.push(...events);
    })();
    try {
      for (let round = 1; round <= 3; round += 1) {
        await store.append(stream, [anEvent(), anEvent()], 'any');
        await eventually(() => expect(got).toHaveLength(2 * round), { withinMs: 60_000 });
        await database.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'cut'`,
        );
      }
    } finally {
      ending.abort();
      await loop;
      await own.close();
    }
    expect(got.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('gives the same to all of many followers: past an open transaction, one by one, and many at once', async () => {
    const area = `many-${newId()}`;
    const followers = [1, 2, 3, 4].map(() => follow(store, { after: 'end', filter: { streamPrefixes: [area] } }));
    const written: string[] = [];
    const reached = (): Promise<unknown> =>
      Promise.all(followers.map((one) => one.until(({ events }) => events.length >= written.length)));
    try {
      await Promise.all(followers.map((one) => one.until(({ batches }) => batches.length > 0)));
      // Given an open transaction, and appends behind it
      const blocker = await database.pool.connect();
      await blocker.query('begin');
      written.push(await appendWithin(blocker, `${area}-held`));
      for (const count of [1, 2, 250]) {
        const events = Array.from({ length: count }, () => anEvent());
        await store.append(`${area}-${count}`, events, 'none');
        written.push(...events.map(({ id }) => id));
      }
      expect(followers.flatMap(({ events }) => events)).toEqual([]);
      // When it ends
      await blocker.query('commit').finally(() => blocker.release(true));
      await reached();
      // And others follow
      const last = anEvent();
      await store.append(`${area}-last`, [last], 'none');
      written.push(last.id);
      await reached();
      for (const { events } of followers) expect(events.map(({ id }) => id)).toEqual(written);
    } finally {
      await Promise.all(followers.map((one) => one.stop()));
    }
  });

  it('wakes followers in other processes by a notice', async () => {
    const stream = `notice-${newId()}`;
    const ending = new AbortController();
    const never = 2 ** 30;
    const other = PostgresEventStore.open({ connectionString: database.url, pollMs: never });
    const batches = other.subscribe({ after: 'end', filter: { streamPrefixes: [stream] }, signal: ending.signal });
    expect((await batches.next()).value).toMatchObject({ events: [], caughtUp: true });
    const next = batches.next();
    await store.append(stream, [anEvent()], 'none');
    let batch = (await next).value as LogBatch;
    while (batch.events.length === 0) batch = (await batches.next()).value as LogBatch;
    expect(batch.events).toHaveLength(1);
    ending.abort();
    await other.close();
  });

  it('says that the store is unavailable when no server answers', async () => {
    const nowhere = PostgresEventStore.open({ connectionString: 'postgres://nobody@127.0.0.1:1/nothing' });
    const unavailable = { code: 'STORE_UNAVAILABLE' };
    await expect(nowhere.append('any-1', [anEvent()], 'any')).rejects.toMatchObject(unavailable);
    await expect(nowhere.head()).rejects.toMatchObject(unavailable);
    await expect(collect(nowhere.readLog())).rejects.toMatchObject(unavailable);
    await expect(collect(nowhere.readStream('any-1'))).rejects.toMatchObject(unavailable);
    await nowhere.close();
    await expect(nowhere.append('any-1', [anEvent()], 'any')).rejects.toMatchObject(unavailable);
  });
});
