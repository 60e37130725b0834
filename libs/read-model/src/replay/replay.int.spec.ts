import { eventually } from '@harmony/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { comparePositions, type LogPosition } from '@harmony/event-store';
import { newId } from '@harmony/kernel';
import { randomUUID } from 'node:crypto';
import type { Projection } from '../port.js';
import {
  completed,
  copied,
  conversationProjection as projection,
  eventsOf,
  failed,
  ofUnknownType,
  submitted,
  transcribed,
  unreadable,
  workspaceId,
} from '../testing/conversation-projection.js';
import { MemoryStore } from '../testing/memory-store.js';
import { startProjectionFixture, type ProjectionFixture } from '../testing/projection-fixture.js';
import { verify } from '../verify/verify.js';
import { replay } from './replay.js';

jest.setTimeout(60_000);

describe('a replay', () => {
  let fixture: ProjectionFixture;
  let store: MemoryStore;

  beforeEach(async () => {
    fixture = await startProjectionFixture([projection]);
    store = new MemoryStore();
  });
  afterEach(() => fixture.close());

  const happen = async (count: number, workspace = workspaceId): Promise<string[]> => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const id = newId();
      const title = `Tab\t, newline\n, back\\slash, "quotes" and ${index}`;
      const facts = [submitted(id, { title, tags: ['a,b', '"', 'NULL', '\\'], customFields: { a: [1, 'x\ty'] } })];
      facts.push(transcribed(id, index), index % 3 ? completed(id) : failed(id));
      await store.append(`conversation-${id}`, eventsOf(facts, workspace));
      ids.push(id);
    }
    return ids;
  };
  const settled = async (): Promise<void> => fixture.reached(projection, await store.head());
  const options = (): { database: ProjectionFixture['database']; store: MemoryStore } => ({
    database: fixture.database,
    store,
  });
  const all = async (): Promise<unknown[]> => [
    ...(await fixture.rows(projection, 'conversations')),
    ...(await fixture.rows(projection, 'media')),
  ];

  it('makes the same rows as live work did, whatever fits into memory', async () => {
    const ids = await happen(40);
    for (const [index, id] of ids.entries()) {
      await store.append(`conversation-${id}`, eventsOf([copied(id, ids[(index * 7) % ids.length] ?? '')]));
    }
    const run = fixture.run(projection, store, { batchSize: 7 });
    await settled();
    await run.stop();
    const live = await all();
    for (const bytesInMemory of [2 ** 24, 5_000, 0]) {
      await replay(projection, { ...options(), batchSize: 9, bytesInMemory });
      expect(await all()).toEqual(live);
    }
    await replay(projection, { ...options(), onError: 'park', batchSize: 11 });
    expect(await all()).toEqual(live);
  });

  it('loses and doubles nothing while events arrive and a projector works', async () => {
    await happen(30);
    fixture.run(projection, store, { batchSize: 3 });
    let stop = false;
    const traffic = (async () => {
      while (!stop && store.log.length < 600) {
        await happen(1);
        await new Promise(setImmediate);
      }
    })();
    const { events } = await replay(projection, { ...options(), batchSize: 10, bytesInMemory: 10_000 });
    await replay(projection, options());
    stop = true;
    await traffic;
    await settled();
    expect(events).toBeGreaterThanOrEqual(90);
    expect(await fixture.checkpoint(projection)).toMatchObject({ events: store.log.length, generation: '3' });
    expect(await verify(projection, options())).toMatchObject({ differences: 0, position: await store.head() });
    expect(await fixture.rows(projection, 'media')).toMatchObject([{ conversations: store.log.length / 3 }]);
  });

  it('is never seen half done by those who read meanwhile', async () => {
    await happen(30);
    const run = fixture.run(projection, store);
    await settled();
    await run.stop();
    let stop = false;
    const sql = `select (select count(*)::int from sample.conversations) as conversations,
                        (select sum(conversations)::int from sample.media) as counted`;
    const reader = async (): Promise<Set<string>> => {
      const seen = new Set<string>();
      while (!stop) seen.add(JSON.stringify(await fixture.database.scoped.query(workspaceId, sql)));
      return seen;
    };
    const readers = [reader(), reader(), reader()];
    for (let round = 0; round < 5; round += 1) await replay(projection, options());
    stop = true;
    for (const seen of await Promise.all(readers)) expect([...seen]).toEqual(['[{"conversations":20,"counted":30}]']);
  });

  it('never takes back what readers have waited for, although an event is applied at the last moment', async () => {
    await happen(3);
    await replay(projection, options());
    fixture.run(projection, store);
    await settled();
    // The old archive is dropped just before the tables are exchanged: who holds it, holds the exchange.
    const holder = await fixture.server.pool.connect();
    await holder.query('begin; lock table sample_archive.conversations in share mode');
    const replayed = replay(projection, options());
    await eventually(async () => {
      const waiting = "select from pg_locks where not granted and relation = 'sample_archive.conversations'::regclass";
      expect((await fixture.server.pool.query(waiting)).rowCount).toBe(1);
    });
    await happen(1);
    let done = false;
    const positions: LogPosition[] = [];
    const watching = (async () => {
      while (!done) positions.push((await fixture.checkpoint(projection)).position);
    })();
    await eventually(() => expect(positions.length).toBeGreaterThan(20));
    await holder.query('rollback');
    holder.release();
    await replayed;
    await settled();
    done = true;
    await watching;
    expect(positions).toEqual([...positions].sort(comparePositions));
  });

  it('keeps row-level security, grants and indexes on the tables that it puts in place, and the old ones in the archive', async () => {
    const other = randomUUID();
    await happen(2);
    await happen(1, other);
    await replay(projection, options());
    await replay(projection, options());
    const count = 'select sum(conversations)::int as count from sample.media';
    expect(await fixture.database.scoped.query(workspaceId, count)).toEqual([{ count: 2 }]);
    expect(await fixture.database.scoped.query(other, count)).toEqual([{ count: 1 }]);
    expect(await fixture.database.scoped.query(randomUUID(), count)).toEqual([{ count: null }]);
    const { rows } = await fixture.server.pool.query(
      `select schemaname, indexname from pg_indexes where tablename = 'conversations' order by 1, 2`,
    );
    expect(rows.map(({ schemaname, indexname }) => `${schemaname}.${indexname}`)).toEqual([
      'sample.conversations_1_idx',
      'sample.conversations_pkey',
      'sample_archive.conversations_1_idx',
      'sample_archive.conversations_pkey',
    ]);
  });

  it('of one workspace among many leaves the rows of the others as they were', async () => {
    const other = randomUUID();
    await happen(5, other);
    await replay(projection, options());
    const before = await fixture.database.scoped.query(other, 'select * from sample.conversations order by 1');
    await happen(5);
    await replay(projection, options());
    expect(await fixture.database.scoped.query(other, 'select * from sample.conversations order by 1')).toEqual(before);
  });

  it('stops at an event that cannot be applied, names it, touches nothing, and starts afresh the next time', async () => {
    await happen(3);
    fixture.run(projection, store);
    await store.append('conversation-broken', [unreadable('x')]);
    await settled();
    const before = await all();
    await expect(replay(projection, options())).rejects.toMatchObject({
      code: 'REPLAY_FAILED',
      message: expect.stringMatching(/\(ConversationCompleted\), number 0 of conversation-broken, at 10:10/),
    });
    expect(await all()).toEqual(before);
    expect(await replay(projection, { ...options(), onError: 'park' })).toMatchObject({
      parked: ['conversation-broken'],
    });
    expect(await verify(projection, options())).toMatchObject({ differences: 0 });
    expect(await all()).toEqual(before);
  });

  it('stops at an event of a type that this version does not know', async () => {
    await store.append('conversation-a', [ofUnknownType('a')]);
    await expect(replay(projection, options())).rejects.toMatchObject({
      code: 'REPLAY_FAILED',
      message: expect.stringContaining('upgrade'),
    });
  });

  it('stops at a row that Postgres refuses', async () => {
    const id = newId();
    await store.append(`conversation-${id}`, eventsOf([submitted(id), transcribed(id, 100_000)]));
    await expect(replay(projection, options())).rejects.toMatchObject({
      code: 'REPLAY_FAILED',
      message: expect.stringContaining('a row of conversations'),
    });
    expect(await replay(projection, { ...options(), onError: 'park' })).toMatchObject({
      parked: [`conversation-${id}`],
    });
  });

  it('of an empty log makes empty tables', async () => {
    expect(await replay(projection, { ...options(), verify: true })).toMatchObject({ events: 0 });
    expect(await all()).toEqual([]);
  });

  it('can be cancelled at any time without a trace', async () => {
    await happen(20);
    const cancel = new AbortController();
    const onProgress = ({ events }: { events: number }): void => {
      if (events > 20) cancel.abort();
    };
    const attempt = replay(projection, {
      ...options(),
      batchSize: 5,
      bytesInMemory: 2_000,
      signal: cancel.signal,
      onProgress,
    });
    await expect(attempt).rejects.toMatchObject({ name: 'AbortError' });
    const { rows } = await fixture.server.pool.query('select state from projections.replays');
    expect(rows).toEqual([{ state: 'cancelled' }]);
    expect(await all()).toEqual([]);
    await replay(projection, options());
    expect(await fixture.rows(projection, 'media')).toMatchObject([{ conversations: 20 }]);
  });

  it('refuses to run twice at once for one projection', async () => {
    await happen(5);
    const outcomes = await Promise.allSettled([replay(projection, options()), replay(projection, options())]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('runs by itself when the version of a projection changed, while the old rows stay readable', async () => {
    await happen(4);
    const first = fixture.run(projection, store);
    await settled();
    await first.stop();
    const [conversations] = projection.tables;
    if (!conversations) throw new Error('The sample projection has tables.');
    const next: Projection = {
      ...projection,
      version: 2,
      tables: [{ ...conversations, columns: { ...conversations.columns, owner_id: 'uuid' } }],
    };
    fixture.run(next, store);
    await eventually(async () => expect(await fixture.checkpoint(next)).toMatchObject({ version: 2, state: 'live' }));
    await happen(3);
    await settled();
    const [row] = await fixture.rows(next, 'conversations');
    expect(row).toHaveProperty('owner_id');
    const { rows } = await fixture.server.pool.query("select to_regclass('sample.media')::text as media");
    expect(rows).toEqual([{ media: null }]);
    expect(await verify(next, options())).toMatchObject({ differences: 0 });
  });

  it('tells where it is, by position in the log', async () => {
    await happen(30);
    const seen: number[] = [];
    await replay(projection, { ...options(), batchSize: 30, onProgress: ({ fraction }) => seen.push(fraction) });
    expect(seen.slice(0, 3)).toEqual([29 / 89, 59 / 89, 1]);
    const { rows } = await fixture.server.pool.query('select kind, state, events, minor from projections.replays');
    expect(rows).toEqual([{ kind: 'replay', state: 'done', events: '90', minor: '90' }]);
  });
});
