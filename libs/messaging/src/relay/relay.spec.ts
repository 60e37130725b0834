import { HarmonyError } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Delivery, Feed } from '../port.js';
import type { TopicMessage } from '../kafka/index.js';
import { Relay, type Publisher } from './relay.js';

const conversationId = '4a7f3c0e-52d1-4a8e-9d3b-6c1e0f2a9b11';

const delivery = (offset: number, overrides: Partial<Delivery> = {}, event: Record<string, unknown> = {}): Delivery => {
  const id = randomUUID();
  const raw = {
    id,
    type: 'ConversationCompleted',
    version: 1,
    occurredAt: '2025-01-01T00:00:00.000Z',
    workspaceId: randomUUID(),
    actor: { kind: 'SYSTEM', id: 'test' },
    correlationId: 'test',
    causationId: 'test',
    data: { conversationId },
    ...event,
  };
  const place = { partition: 'log', offset: `0:${offset}`, origin: `log 0:${offset}` };
  return {
    key: `conversation-${conversationId}`,
    raw,
    eventId: id,
    revision: offset,
    bytes: 100,
    ...place,
    ...overrides,
  };
};

const tooLarge = { roleId: conversationId, name: 'Large', permissions: ['x'.repeat(800_000)] };

const feedOf = (...batches: (readonly Delivery[])[]): Feed & { readonly commits: string[] } => {
  const commits: string[] = [];
  return {
    commits,
    async *deliveries() {
      yield* batches;
    },
    commit: async (_, offset) => void commits.push(offset),
    lag: async () => 0,
    close: async () => undefined,
  };
};

const publisherThat = (publish: Publisher['publish']): Publisher => ({ publish, close: async () => undefined });

describe('the relay', () => {
  it('moves the checkpoint after the acknowledgement and never before', async () => {
    const feed = feedOf([delivery(1), delivery(2)], [delivery(3)]);
    const committedAtPublish: string[][] = [];
    await new Relay({
      feed,
      publisher: publisherThat(async () => void committedAtPublish.push([...feed.commits])),
    }).run();
    expect(committedAtPublish).toEqual([[], ['0:2']]);
    expect(feed.commits).toEqual(['0:2', '0:3']);
  });

  it('publishes the very same messages again until the brokers take them', async () => {
    const attempts: string[][] = [];
    const feed = feedOf([delivery(1), delivery(2)]);
    const publisher = publisherThat(async (messages) => {
      attempts.push(messages.map(({ value }) => value));
      if (attempts.length < 4) throw new HarmonyError('BROKER_UNAVAILABLE');
    });
    await new Relay({ feed, publisher, backoff: { firstMs: 0, maximumMs: 0 } }).run();
    expect(attempts).toEqual(Array.from({ length: 4 }, () => attempts[0]));
    expect(feed.commits).toEqual(['0:2']);
  });

  it('leaves the checkpoint when it is stopped while the brokers are away, even with private events behind', async () => {
    const feed = feedOf([delivery(1), delivery(2, { key: 'secret-1' })]);
    const publisher = publisherThat(async () => {
      throw new HarmonyError('BROKER_UNAVAILABLE');
    });
    const relay = new Relay({ feed, publisher, backoff: { firstMs: 60_000, maximumMs: 60_000 } });
    const run = relay.run();
    await eventually(() => expect(relay.health().state).toBe('degraded'));
    await relay.stop();
    await run;
    expect(feed.commits).toEqual([]);
    expect(relay.health().state).toBe('stopped');
  });

  it('goes down with what cannot pass', async () => {
    const publisher = publisherThat(async () => {
      throw new TypeError('a defect');
    });
    const feed = feedOf([delivery(1)]);
    await expect(new Relay({ feed, publisher }).run()).rejects.toThrow('a defect');
    expect(feed.commits).toEqual([]);
  });

  it('keeps private streams to itself and passes by what is no event', async () => {
    const published: TopicMessage[] = [];
    const incomplete: string[] = [];
    const feed = feedOf([delivery(1, { key: 'secret-1' }), delivery(2, { raw: 'no event' }), delivery(3)]);
    await new Relay({
      feed,
      publisher: publisherThat(async (messages) => void published.push(...messages)),
      observer: { incomplete: (what, origin) => incomplete.push(`${what} ${origin}`) },
    }).run();
    expect(published).toHaveLength(1);
    expect(incomplete).toEqual(['unreadable log 0:2']);
    expect(feed.commits).toEqual(['0:3']);
  });

  it.each([
    ['a type of a newer release', { type: 'ConversationTeleported' }],
    ['a version of a newer release', { version: 7 }],
    ['data that does not fit', { data: { text: 'words that nobody may see' } }],
    ['data that is too large', { type: 'RoleDefined', data: tooLarge }],
  ])('publishes an event with %s as a pointer without data', async (_, event) => {
    const published: TopicMessage[] = [];
    await new Relay({
      feed: feedOf([delivery(5, {}, event)]),
      publisher: publisherThat(async (messages) => void published.push(...messages)),
    }).run();
    const [message] = published.map(({ value }) => JSON.parse(value) as Record<string, unknown>);
    expect(message).toMatchObject({ streamrevision: 5, logposition: '0:5' });
    expect(message).not.toHaveProperty('data');
  });

  it('cuts a large batch into requests that brokers take, each with its own mark', async () => {
    const requests: number[] = [];
    const permissions = Array.from({ length: 3000 }, (_, index) => `conversations:read:all ${index}`.padEnd(100, '.'));
    const large = { type: 'RoleDefined', data: { roleId: conversationId, name: 'Large', permissions } };
    const feed = feedOf(Array.from({ length: 7 }, (_, index) => delivery(index, {}, large)));
    const publisher = publisherThat(async (messages) => {
      requests.push(messages.reduce((bytes, { value }) => bytes + Buffer.byteLength(value), 0));
    });
    await new Relay({ feed, publisher }).run();
    expect(requests).toHaveLength(4);
    expect(Math.max(...requests)).toBeLessThan(1_000_000);
    expect(feed.commits).toEqual(['0:1', '0:3', '0:5', '0:6']);
  });
});
