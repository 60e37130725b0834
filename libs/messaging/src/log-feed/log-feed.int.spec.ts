import { HarmonyError } from '@harmony/contracts';
import type { EventStore, EventToAppend } from '@harmony/event-store';
import { lastPosition } from '@harmony/event-store/testing';
import { eventually } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { event } from '../contract-suite/harness.js';
import type { Delivery } from '../port.js';
import { logEnvironment, type LogEnvironment } from '../testing/log-environment.js';
import type { LogFeed, LogFeedOptions } from './log-feed.js';
import { skipLog } from './skip-log.js';

jest.setTimeout(60_000);

/** A feed that is read in the background; what it delivers is committed unless the test says otherwise. */
class Reader {
  readonly tags: string[] = [];
  readonly deliveries: Delivery[] = [];
  error: unknown;
  readonly #stopping = new AbortController();
  readonly #done: Promise<void>;

  constructor(
    readonly feed: LogFeed,
    private readonly commits = true,
  ) {
    this.#done = this.#read().catch((error: unknown) => {
      this.error = error;
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#done;
    await this.feed.close();
  }

  async #read(): Promise<void> {
    for await (const batch of this.feed.deliveries(this.#stopping.signal)) {
      this.deliveries.push(...batch);
      this.tags.push(...batch.map(({ raw }) => (raw as { correlationId: string }).correlationId));
      const last = batch.at(-1);
      if (last && this.commits) await this.feed.commit(last.partition, last.offset);
    }
  }
}

describe('the log feed', () => {
  let environment: LogEnvironment;
  let name: string;
  let consumer: string;
  const readers: Reader[] = [];

  beforeAll(async () => {
    environment = await logEnvironment();
  });
  beforeEach(() => {
    name = `conversation-${randomUUID()}`;
    consumer = `feed-${randomUUID()}`;
  });
  afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.stop())));
  afterAll(() => environment.close());

  const append = async (...tags: string[]): Promise<void> => {
    const events = tags.map((tag) => event(tag) as unknown as EventToAppend);
    for (const each of events) await environment.store.append(`${name}-a`, [each], 'any');
  };
  const read = (commits = true, overrides: Partial<LogFeedOptions> = {}): Reader => {
    const reader = new Reader(environment.feed(name, consumer, overrides), commits);
    readers.push(reader);
    return reader;
  };
  /** Until readers of the log come to its last event. */
  const readable = (): Promise<void> =>
    eventually(async () => expect(await environment.store.head()).toEqual(await lastPosition(environment.pool)));
  const checkpoint = async (): Promise<string | undefined> => {
    const sql = `select major || ':' || minor as position from messaging.checkpoints where consumer = $1`;
    const { rows } = await environment.pool.query<{ position: string }>(sql, [consumer]);
    return rows[0]?.position;
  };
  const moveCheckpoint = async (to: string | undefined): Promise<void> => {
    const sql = `update messaging.checkpoints set major = split_part($2, ':', 1)::bigint, minor = split_part($2, ':', 2)::bigint
                  where consumer = $1`;
    await environment.pool.query(sql, [consumer, to]);
  };
  /** Ends the connections that hold a lock on the consumer group, as a failing network would. */
  const cutOwner = (): Promise<unknown> =>
    environment.pool.query(
      `select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and (classid::bigint << 32) | objid::bigint = hashtextextended($1, 0)`,
      [`harmony_log_feed ${consumer}`],
    );

  it('delivers the stored envelope and data, the stream as key and the place as origin', async () => {
    const stored = event('1');
    await environment.store.append(`${name}-a`, [stored as unknown as EventToAppend], 'none');
    const { deliveries } = read();
    const [delivery] = await eventually(() => {
      expect(deliveries).toHaveLength(1);
      return deliveries;
    });
    expect(delivery).toMatchObject({ key: `${name}-a`, raw: stored, eventId: stored.id, partition: 'log' });
    expect(delivery?.origin).toBe(`log ${delivery?.offset}`);
    expect(() => JSON.stringify(delivery?.raw)).not.toThrow();
  });

  it('begins where it last committed', async () => {
    await append('1', '2');
    const first = read();
    await eventually(() => expect(first.tags).toEqual(['1', '2']));
    await first.stop();
    await append('3');
    const second = read();
    await eventually(() => expect(second.tags).toEqual(['3']));
  });

  it('begins at the end of the log for a group that is told so, once', async () => {
    await append('before');
    await readable();
    const first = read(true, { startAt: 'end' });
    await eventually(async () => expect(await checkpoint()).toBeDefined());
    await append('after');
    await eventually(() => expect(first.tags).toEqual(['after']));
    await first.stop();
    await append('while away');
    const second = read(true, { startAt: 'end' });
    await eventually(() => expect(second.tags).toEqual(['while away']));
  });

  it('skips what it is told to skip, unless an instance is reading', async () => {
    await append('skipped');
    expect(await skipLog(environment.pool, consumer, await lastPosition(environment.pool))).toBe(true);
    await append('read');
    const reader = read();
    await eventually(() => expect(reader.tags).toEqual(['read']));
    expect(await skipLog(environment.pool, consumer, await environment.store.head())).toBe(false);
    await append('read too');
    await eventually(() => expect(reader.tags).toEqual(['read', 'read too']));
  });

  it('is read by one instance at a time; another one stands by and takes over', async () => {
    await append('1');
    const owner = read();
    await eventually(() => expect(owner.tags).toEqual(['1']));
    const standby = read();
    await append('2');
    await eventually(() => expect(owner.tags).toEqual(['1', '2']));
    expect(await standby.feed.lag()).toBe(0);
    await owner.stop();
    await append('3');
    await eventually(() => expect(standby.tags).toEqual(['3']));
  });

  it('goes on after its lock was lost with its connection, from the checkpoint', async () => {
    await append('1');
    const reader = read(false);
    await eventually(() => expect(reader.tags).toEqual(['1']));
    await cutOwner();
    await eventually(() => expect(reader.tags).toEqual(['1', '1']));
    await append('2');
    await eventually(() => expect(reader.tags).toEqual(['1', '1', '2']));
  });

  it('leaves a checkpoint alone that somebody else has moved, and begins again there', async () => {
    await append('1', '2', '3');
    const reader = read(false);
    await eventually(() => expect(reader.tags).toEqual(['1', '2', '3']));
    const [first, second, last] = reader.deliveries.map(({ offset }) => offset);
    // As a commit does whose answer was lost in an outage and which arrives after its owner has begun again.
    await moveCheckpoint(first);
    await reader.feed.commit('log', second ?? '');
    expect(await checkpoint()).toBe(first);
    await eventually(() => expect(reader.tags).toEqual(['1', '2', '3', '2', '3']));
    await reader.feed.commit('log', last ?? '');
    await eventually(async () => expect(await reader.feed.lag()).toBe(0));
    expect(reader.error).toBeUndefined();
  });

  it('begins again where an operator has put its checkpoint, although it has nothing to commit', async () => {
    await append('1', '2');
    const reader = read();
    await eventually(async () => expect([reader.tags, await reader.feed.lag()]).toEqual([['1', '2'], 0]));
    const [first] = reader.deliveries;
    await moveCheckpoint(first?.offset);
    const beside = (): EventToAppend => event('x') as unknown as EventToAppend;
    await eventually(async () => {
      await environment.store.append(`workspace-${randomUUID()}`, [beside()], 'none');
      expect(reader.tags).toEqual(['1', '2', '2']);
    });
  });

  it('never moves its checkpoint back', async () => {
    await append('1', '2');
    const reader = read(false);
    await eventually(() => expect(reader.tags).toEqual(['1', '2']));
    const [first, second] = reader.deliveries;
    await reader.feed.commit('log', second?.offset ?? '');
    const there = await checkpoint();
    await reader.feed.commit('log', first?.offset ?? '');
    expect(await checkpoint()).toBe(there);
  });

  it('moves its checkpoint over stretches of the log that its filter leaves out, and has no lag there', async () => {
    const reader = read();
    await eventually(async () => expect(await reader.feed.lag()).toBe(0));
    const before = await checkpoint();
    for (let index = 0; index < 3; index += 1) {
      await environment.store.append(`workspace-${randomUUID()}`, [event('x') as unknown as EventToAppend], 'none');
    }
    await eventually(async () => expect(await reader.feed.lag()).toBe(0));
    expect(reader.tags).toEqual([]);
    await append('1');
    await eventually(async () => expect(await checkpoint()).not.toBe(before));
  });

  it('has its checkpoint at the end of the log once that is silent, although nothing there was for it', async () => {
    await append('1');
    const reader = read();
    await eventually(() => expect(reader.tags).toEqual(['1']));
    // The first stretch is told at once, and the second one comes too soon after it.
    for (let stretch = 0; stretch < 2; stretch += 1) {
      await environment.store.append(`workspace-${randomUUID()}`, [event('x') as unknown as EventToAppend], 'none');
      const { major, minor } = await lastPosition(environment.pool);
      await eventually(async () => expect(await checkpoint()).toBe(`${major}:${minor}`));
    }
    expect(reader.tags).toEqual(['1']);
  });

  it('tells its lag from the end of the log, whether it reads or not', async () => {
    await append('1', '2', '3');
    const reader = read(false);
    await eventually(() => expect(reader.tags).toHaveLength(3));
    expect(await reader.feed.lag()).toBeGreaterThanOrEqual(3);
    const last = reader.deliveries.at(-1);
    await reader.feed.commit('log', last?.offset ?? '');
    expect(await reader.feed.lag()).toBe(0);
  });

  it('survives an outage of the store and ends on any other error', async () => {
    const errors = [new HarmonyError('STORE_UNAVAILABLE'), new HarmonyError('STORE_UNAVAILABLE')];
    const { store } = environment;
    const flaky: Pick<EventStore, 'subscribe' | 'head'> = {
      head: () => store.head(),
      subscribe: (options) => {
        const error = errors.shift();
        if (error) throw error;
        return store.subscribe(options);
      },
    };
    await append('1');
    const reader = read(true, { store: flaky as EventStore });
    await eventually(() => expect(reader.tags).toEqual(['1']));
    errors.push(new HarmonyError('STREAM_DELETED'));
    await cutOwner();
    await eventually(() => expect(reader.error).toMatchObject({ code: 'STREAM_DELETED' }));
  });
});
