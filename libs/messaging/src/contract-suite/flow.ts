import { describe, expect, it } from '@jest/globals';
import { eventually } from '@harmony/testing';
import { event, gate, type Harness } from './harness.js';

const timeout = 60_000;

export function flowTests(harness: () => Harness): void {
  describe('the flow', () => {
    it(
      'keeps the order within a key',
      async () => {
        const tags = Array.from({ length: 60 }, (_, index) => [`k${index % 3}`, `${index}`] as const);
        await harness().publish(...tags.map(([key, tag]) => [key, event(`${key}:${tag}`)] as const));
        const { calls } = harness().open(async () => undefined);
        await eventually(() => expect(calls).toHaveLength(60));
        for (const key of ['k0', 'k1', 'k2']) {
          const numbers = calls.filter((tag) => tag.startsWith(`${key}:`)).map((tag) => Number(tag.split(':')[1]));
          expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
        }
      },
      timeout,
    );

    it(
      'handles different keys at the same time, and one key never twice at a time',
      async () => {
        const both = gate();
        const running = new Set<string>();
        let most = 0;
        await harness().publish(['a', event('a')], ['b', event('b')], ['a', event('a')]);
        const { calls } = harness().open(async (received) => {
          expect(running.has(received.correlationId)).toBe(false);
          running.add(received.correlationId);
          most = Math.max(most, running.size);
          if (running.size === 2) both.open();
          await both.opened;
          running.delete(received.correlationId);
        });
        await eventually(() => expect(calls).toHaveLength(3));
        expect(most).toBe(2);
      },
      timeout,
    );

    it(
      'runs no more handlers at a time than its concurrency',
      async () => {
        let running = 0;
        let most = 0;
        const keys = Array.from({ length: 12 }, (_, index) => [`k${index}`, event(`${index}`)] as const);
        await harness().publish(...keys);
        const { calls } = harness().open(
          async () => {
            running += 1;
            most = Math.max(most, running);
            await new Promise(setImmediate);
            running -= 1;
          },
          { concurrency: 2 },
        );
        await eventually(() => expect(calls).toHaveLength(12));
        expect(most).toBeLessThanOrEqual(2);
      },
      timeout,
    );

    it(
      'keeps no more messages in flight than its limits of count and of bytes, and goes on when there is room',
      async () => {
        const held = gate();
        const messages = Array.from({ length: 20 }, (_, index) => [`k${index}`, event(`${index}`)] as const);
        await harness().publish(...messages);
        const byCount = harness().open(() => held.opened, { inFlight: { messages: 3, bytes: 1e9 } });
        await eventually(() => expect(byCount.calls).toHaveLength(3));
        expect(byCount.consumer.health().inFlight).toBeLessThanOrEqual(3);
        held.open();
        await eventually(() => expect(byCount.calls).toHaveLength(20));
        await byCount.stop();

        const again = gate();
        await harness().publish(
          ...messages.map(([key, body]) => [key, event(`b${String(body.correlationId)}`)] as const),
        );
        const byBytes = harness().open(() => again.opened, { inFlight: { messages: 1000, bytes: 1 } });
        await eventually(() => expect(byBytes.calls).toHaveLength(1));
        expect(byBytes.consumer.health().inFlight).toBe(1);
        again.open();
        await eventually(() => expect(byBytes.calls).toHaveLength(20));
      },
      timeout,
    );

    it(
      'skips and counts events of unknown types and of types without a handler, and becomes ready with no lag',
      async () => {
        const skipped: string[] = [];
        await harness().publish(
          ['a', event('1', { type: 'SomethingOfTheFuture', data: { any: 'thing' } })],
          ['a', event('2', { type: 'WorkspaceCreated', data: { name: 'no handler' } })],
          ['a', event('3')],
        );
        const { consumer, calls } = harness().open(async () => undefined, {
          observer: { skipped: (_, reason) => skipped.push(reason) },
        });
        await eventually(() => expect(calls).toEqual(['3']));
        expect(skipped).toEqual(['unknown-type', 'no-handler']);
        await eventually(() => expect(consumer.health()).toMatchObject({ ready: true, lag: 0 }));
      },
      timeout,
    );
  });
}
