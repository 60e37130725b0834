import type { Principal } from '@harmony/access';
import { HarmonyError, streams } from '@harmony/contracts';
import {
  comparePositions,
  type EventStore,
  type LogBatch,
  type LogPosition,
  type RecordedEvent,
} from '@harmony/event-store';
import { newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { once, EventEmitter } from 'node:events';
import type { ConversationQueries } from '../read-model/conversation-queries.js';
import type { ConversationView } from '../read-model/conversation-row.js';
import { ConversationFeed } from './conversation-feed.js';

jest.setTimeout(60_000);

const workspaceId = newId();
const principal: Principal = {
  kind: 'USER',
  id: 'u',
  userId: 'u',
  workspaceId,
  roleId: 'r',
  permissions: new Set(['conversations:read:all']),
  teamIds: [],
};

/** A log, a read model and their faults, by hand. */
class World {
  readonly log: RecordedEvent[] = [];
  readonly grown = new EventEmitter().setMaxListeners(0);
  subscriptions: (LogPosition | 'end')[] = [];
  waits = 0;
  loads: (readonly string[])[] = [];
  /** What no reader can see any more. */
  readonly gone = new Set<string>();
  failing = { head: 0, subscribe: 0, wait: 0, load: 0 };

  changed(conversationId: string, stream = streams.conversation): void {
    const place = BigInt(this.log.length + 1);
    const event = {
      streamId: stream(conversationId),
      workspaceId,
      position: { major: place, minor: place },
    };
    this.log.push(event as RecordedEvent);
    this.grown.emit('grown');
  }

  readonly store = {
    head: async () => {
      if (this.failing.head-- > 0) throw new HarmonyError('STORE_UNAVAILABLE');
      return this.log.at(-1)?.position ?? { major: 0n, minor: 0n };
    },
    subscribe: (options: Parameters<EventStore['subscribe']>[0]) => this.subscribe(options),
  } as EventStore;

  private async *subscribe({ after, signal }: Parameters<EventStore['subscribe']>[0]): AsyncIterable<LogBatch> {
    this.subscriptions.push(after);
    let position = after === 'end' ? await this.store.head() : after;
    while (!signal.aborted) {
      const events = this.log.filter((event) => comparePositions(event.position, position) > 0);
      const last = events.at(-1);
      if (last) {
        yield { events, scannedTo: last.position, caughtUp: true };
        position = last.position;
      } else {
        if (this.failing.subscribe-- > 0) throw new HarmonyError('STORE_UNAVAILABLE');
        await once(this.grown, 'grown', { signal }).catch(() => undefined);
      }
    }
  }

  readonly progress = {
    positionOf: () => this.store.head(),
    waitForMore: async () => undefined,
    waitFor: async () => {
      this.waits += 1;
      if (this.failing.wait-- > 0) throw new HarmonyError('READ_MODEL_BEHIND');
    },
  };

  readonly queries = {
    byId: async (_: Principal, id: string) => ({ id }),
    byIds: async (_: Principal, ids: readonly string[]) => {
      this.loads.push(ids);
      if (this.failing.load-- > 0) throw new HarmonyError('DATABASE_UNAVAILABLE');
      return new Map(ids.filter((id) => !this.gone.has(id)).map((id) => [id, { id }]));
    },
  } as unknown as ConversationQueries;
}

const silent = { debug() {}, info() {}, warn() {}, error() {}, fatal() {}, child: () => silent };

let world: World;
let feed: ConversationFeed;
beforeEach(() => {
  world = new World();
  feed = new ConversationFeed(world.store, world.progress, world.queries, silent);
});
afterEach(() => feed.onModuleDestroy());

const take = async (changes: AsyncIterator<ConversationView>, count: number): Promise<string[]> => {
  const ids: string[] = [];
  while (ids.length < count) ids.push(((await changes.next()) as IteratorYieldResult<ConversationView>).value.id);
  return ids;
};

it('follows the log once for all listeners, from where it stood when the first one came', async () => {
  world.changed('before');
  const one = await feed.listen(principal);
  const two = await feed.listen(principal);
  world.changed('after');
  expect([await take(one, 1), await take(two, 1)]).toEqual([['after'], ['after']]);
  expect(world.subscriptions).toEqual([{ major: 1n, minor: 1n }]);
});

it('misses nothing when the subscription of the log breaks', async () => {
  world.failing.subscribe = 3;
  const changes = await feed.listen(principal);
  world.changed('a');
  expect(await take(changes, 1)).toEqual(['a']);
  world.failing.subscribe = 1;
  world.changed('b');
  world.changed('c');
  expect((await take(changes, 2)).sort()).toEqual(['b', 'c']);
  expect(world.subscriptions.length).toBeGreaterThan(1);
});

it('waits for a read model that is behind, however long it takes', async () => {
  const changes = await feed.listen(principal);
  world.failing.wait = 3;
  world.waits = 0;
  world.changed('a');
  expect(await take(changes, 1)).toEqual(['a']);
  expect(world.waits).toBe(4);
});

it('shows a new listener no state that is older than what it will not be told', async () => {
  world.changed('a');
  const behind = new EventEmitter();
  const waited: LogPosition[] = [];
  const waitFor = async (_: string, position: LogPosition): Promise<void> => {
    waited.push(position);
    await once(behind, 'caught up');
  };
  feed = new ConversationFeed(world.store, { ...world.progress, waitFor }, world.queries, silent);
  let isListening = false;
  const listening = feed.listen(principal, 'a').then((changes) => {
    isListening = true;
    return changes;
  });
  await eventually(() => expect(waited).toEqual([{ major: 1n, minor: 1n }]));
  expect(isListening).toBe(false);
  behind.emit('caught up');
  expect(await take(await listening, 1)).toEqual(['a']);
});

it('loads again what the database could not give', async () => {
  world.failing.load = 2;
  const changes = await feed.listen(principal);
  world.changed('a');
  expect(await take(changes, 1)).toEqual(['a']);
});

it('makes one change of many that a slow listener has not taken yet, and holds back nobody', async () => {
  const slow = await feed.listen(principal);
  const quick = await feed.listen(principal);
  for (let count = 0; count < 100; count += 1) world.changed('busy');
  world.changed('last');
  await eventually(async () => expect(await take(quick, 1)).toEqual(['last']));
  world.loads = [];
  expect((await take(slow, 2)).sort()).toEqual(['busy', 'last']);
  expect(world.loads).toHaveLength(1);
});

it.each([streams.conversation, streams.tombstone])(
  'ends for a conversation that its listener can see no more, and goes on for those who listen to all (%#)',
  async (stream) => {
    const one = await feed.listen(principal, 'a');
    const all = await feed.listen(principal);
    expect(await take(one, 1)).toEqual(['a']);
    world.gone.add('a');
    world.changed('a', stream);
    expect(await one.next()).toEqual({ done: true, value: undefined });
    world.changed('b');
    expect(await take(all, 1)).toEqual(['b']);
  },
);

it('ends everybody when the process stops', async () => {
  const changes = await feed.listen(principal);
  const waiting = changes.next();
  feed.onModuleDestroy();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

it('can be listened to again after the log could not be reached at first', async () => {
  world.failing.head = 1;
  await expect(feed.listen(principal)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  const changes = await feed.listen(principal);
  world.changed('a');
  expect(await take(changes, 1)).toEqual(['a']);
});
