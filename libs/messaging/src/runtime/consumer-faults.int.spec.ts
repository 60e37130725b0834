import { HarmonyError, type EventType } from '@harmony/contracts';
import type { EventToAppend } from '@harmony/event-store';
import { eventually, startTcpProxy, type TcpProxy } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { event } from '../contract-suite/harness.js';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import { pruneInbox } from '../inbox/inbox.js';
import type { EventHandler, Feed } from '../port.js';
import { logEnvironment, type LogEnvironment } from '../testing/log-environment.js';
import { Consumer } from './consumer.js';
import type { ConsumerOptions } from './options.js';
import { defaultRetryPolicy } from './retry-policy.js';

jest.setTimeout(60_000);

describe('a consumer under faults', () => {
  let environment: LogEnvironment;
  let proxy: TcpProxy;
  /** Of the consumers: its connections can be cut, those of the test stay. */
  let pool: pg.Pool;
  let name: string;
  let consumer: string;
  const consumers: Consumer[] = [];

  beforeAll(async () => {
    environment = await logEnvironment();
    await environment.pool.query('create table effects (place bigint generated always as identity, tag text)');
    const { hostname, port } = new URL(environment.url);
    proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    const url = Object.assign(new URL(environment.url), { hostname: proxy.host, port: `${proxy.port}` }).toString();
    pool = new pg.Pool({ connectionString: url, max: 20 });
    pool.on('error', () => undefined);
  });
  beforeEach(async () => {
    name = `conversation-${randomUUID()}`;
    consumer = `faults-${randomUUID()}`;
    await environment.pool.query('truncate effects');
  });
  afterEach(async () => {
    proxy.set({ kind: 'pass' });
    await Promise.all(consumers.splice(0).map((each) => each.stop()));
  });
  afterAll(async () => {
    await pool.end();
    await proxy.close();
    await environment.close();
  });

  function start(handler: EventHandler, overrides: Partial<ConsumerOptions> = {}): Consumer {
    const started = new Consumer({
      consumer,
      pool,
      feed: environment.feed(name, consumer, { pool }),
      handlers: new Map<EventType, EventHandler>([['ConversationCompleted', handler]]),
      afterDeadLetter: 'continue',
      retry: { ...defaultRetryPolicy, firstMs: 1, maximumMs: 20, retriable: { attempts: 1_000_000, ageMs: 60_000 } },
      monitorEveryMs: 50,
      commitEveryMs: 5,
      ...overrides,
    });
    consumers.push(started);
    started.run().catch(() => undefined);
    return started;
  }
  const append = async (key: string, ...events: Record<string, unknown>[]): Promise<void> => {
    await environment.store.append(`${name}-${key}`, events as unknown as EventToAppend[], 'any');
  };
  const effect: EventHandler = ({ correlationId }, context) =>
    context.once(async (transaction) => {
      await transaction.query('insert into effects (tag) values ($1)', [correlationId]);
    });
  const effects = async (): Promise<string[]> => {
    const { rows } = await environment.pool.query<{ tag: string }>('select tag from effects order by place');
    return rows.map((row) => row.tag);
  };
  const lateCommit = async (place: string): Promise<void> => {
    await environment.pool.query(
      'update messaging.checkpoints set (major, minor) = ($2::bigint, $3::bigint) where consumer = $1',
      [consumer, ...place.split(':')],
    );
  };
  const letters = (): DeadLetters => new DeadLetters(environment.pool);

  it('survives outages of the database: every effect once and in order, nothing in the dead letters', async () => {
    const tags = Array.from({ length: 60 }, (_, index) => `${index}`);
    let cuts = 0;
    const running = start(async (received, context) => {
      if (cuts < 3 && Number(received.correlationId) === cuts * 15 + 5) {
        cuts += 1;
        proxy.set({ kind: 'cut' });
      }
      await effect(received, context);
    });
    for (const tag of tags) await append(`k${Number(tag) % 3}`, event(tag));
    for (const cut of [1, 2, 3]) {
      await eventually(() => expect(cuts).toBe(cut));
      await eventually(() => expect(running.health().ready).toBe(false));
      proxy.set({ kind: 'pass' });
    }
    await eventually(async () => expect(await effects()).toHaveLength(60));
    await eventually(() => expect(running.health().ready).toBe(true));
    const done = await effects();
    expect([...done].sort()).toEqual([...tags].sort());
    for (const key of [0, 1, 2]) {
      const numbers = done.map(Number).filter((tag) => tag % 3 === key);
      expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
    }
    expect(await letters().depth(consumer)).toEqual({ dead: 0, waiting: 0 });
  });

  it('goes on when a commit that it had given up for lost moves its checkpoint after all', async () => {
    await append('a', event('1'));
    const places: string[] = [];
    const running = start(async (received, context) => {
      const [, place = ''] = context.origin.split(' ');
      places.push(place);
      if (received.correlationId === '4') await lateCommit(places[1] ?? '');
      await effect(received, context);
    });
    await eventually(() => expect(running.health()).toMatchObject({ ready: true, lag: 0 }));
    await append('a', event('2'), event('3'), event('4'), event('5'));
    await eventually(async () => expect(await effects()).toEqual(['1', '2', '3', '4', '5']));
    await append('a', event('6'));
    await eventually(async () => expect(await effects()).toEqual(['1', '2', '3', '4', '5', '6']));
    await eventually(() => expect(running.health()).toMatchObject({ ready: true, lag: 0 }));
  });

  it('is not ready while a dead letter cannot be written, and drops neither the letter nor what follows', async () => {
    const troubles: string[] = [];
    await environment.pool.query('alter table messaging.dead_letters rename column raw to raw_away');
    await append('a', event('poison'), event('2'));
    const running = start(
      async (received, context) => {
        if (received.correlationId === 'poison') throw new HarmonyError('OBJECT_NOT_FOUND');
        await effect(received, context);
      },
      { observer: { trouble: (_, what) => troubles.push(what) } },
    );
    await eventually(() => expect(running.health().reasons).toContain('dead letters fails and is tried again'));
    expect(await effects()).toEqual([]);
    await environment.pool.query('alter table messaging.dead_letters rename column raw_away to raw');
    await eventually(async () => expect(await effects()).toEqual(['2']));
    await eventually(() => expect(running.health().ready).toBe(true));
    expect(await letters().depth(consumer)).toEqual({ dead: 1, waiting: 0 });
    expect(troubles).toContain('dead letters');
  });

  it('keeps a thousand poisons in a row and goes on', async () => {
    const poison = Array.from({ length: 500 }, (_, index) => event(`${index}`, { data: {} }));
    await append('a', ...poison);
    await append('b', ...Array.from({ length: 500 }, (_, index) => event(`${index}`, { version: 7 })));
    await append('c', event('good'));
    start(effect);
    await eventually(async () => expect(await letters().depth(consumer)).toEqual({ dead: 1000, waiting: 0 }));
    await eventually(async () => expect(await effects()).toEqual(['good']));
  });

  it('tells its observer the depth of the dead letters and the lag', async () => {
    const seen: unknown[] = [];
    await append('a', event('1', { data: {} }));
    start(effect, { observer: { deadLetters: (_, depth) => seen.push(depth), lag: (_, lag) => seen.push({ lag }) } });
    await eventually(() => expect(seen).toContainEqual({ dead: 1, waiting: 0 }));
    await eventually(() => expect(seen).toContainEqual({ lag: 0 }));
  });

  it('wraps each call of a handler in what it is given, for traces', async () => {
    const seen: string[] = [];
    await append('a', event('1'));
    start(async () => void seen.push('handler'), {
      around: async (received, context, handle) => {
        seen.push(`before ${received.correlationId} ${context.attempt}`);
        await handle();
        seen.push('after');
      },
    });
    await eventually(() => expect(seen).toEqual(['before 1 1', 'handler', 'after']));
  });

  it('stops within its time although its feed does not heed the signal', async () => {
    const closed: string[] = [];
    const deaf: Feed = {
      deliveries: () => ({ [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }) }),
      commit: async () => undefined,
      lag: async () => 0,
      close: async () => void closed.push('closed'),
    };
    const running = start(effect, { feed: deaf, drainMs: 20 });
    await eventually(() => expect(running.health().ready).toBe(true));
    await running.stop();
    expect(closed).toEqual(['closed']);
  });

  it('forgets inbox rows that are older than any redelivery', async () => {
    await append('a', event('1'), event('2'));
    start(effect);
    await eventually(async () => expect(await effects()).toHaveLength(2));
    await environment.pool.query(
      `update messaging.inbox set handled_at = now() - interval '31 days' where consumer = $1 and event_id =
        (select event_id from messaging.inbox where consumer = $1 limit 1)`,
      [consumer],
    );
    expect(await pruneInbox(environment.pool, 30)).toBe(1);
    expect(await pruneInbox(environment.pool, 30)).toBe(0);
  });
});
