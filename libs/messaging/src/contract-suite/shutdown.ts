import { describe, expect, it } from '@jest/globals';
import { HarmonyError } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { event, gate, type Harness } from './harness.js';

const timeout = 60_000;

export function shutdownTests(harness: () => Harness): void {
  describe('the end', () => {
    it(
      'lets a running handler finish on shutdown, commits it, and starts nothing more',
      async () => {
        const held = gate();
        await harness().publish(['a', event('1')], ['a', event('2')]);
        const first = harness().open(() => held.opened, { drainMs: 30_000 });
        await eventually(() => expect(first.calls).toEqual(['1']));
        const stopped = first.stop();
        expect(first.consumer.health().ready).toBe(false);
        held.open();
        await stopped;
        await first.finished;
        expect(first.calls).toEqual(['1']);
        const second = harness().open(async () => undefined);
        await eventually(() => expect(second.calls).toEqual(['2']));
      },
      timeout,
    );

    it(
      'gives a stuck handler up at the deadline, tells it so by its signal, and delivers its message again',
      async () => {
        const aborted: unknown[] = [];
        await harness().publish(['a', event('1')]);
        const first = harness().open(
          (_, context) =>
            new Promise<void>(() => context.signal.addEventListener('abort', () => aborted.push(context.signal))),
          { drainMs: 50 },
        );
        await eventually(() => expect(first.calls).toEqual(['1']));
        await first.stop();
        expect(aborted).toHaveLength(1);
        expect(first.feed.commits).toEqual([]);
        const second = harness().open(async () => undefined);
        await eventually(() => expect(second.calls).toEqual(['1']));
      },
      timeout,
    );

    it(
      'does not wait for the next try of a failing message, and delivers it again',
      async () => {
        await harness().publish(['a', event('1')]);
        const fail = async (): Promise<void> => {
          throw new HarmonyError('STORE_UNAVAILABLE');
        };
        const day = 86_400_000;
        const retry = {
          firstMs: day,
          maximumMs: day,
          retriable: { attempts: 9, ageMs: day },
          bug: { attempts: 9, ageMs: day },
        };
        const first = harness().open(fail, { retry, drainMs: day });
        await eventually(() => expect(first.calls).toEqual(['1']));
        await first.stop();
        const second = harness().open(async () => undefined);
        await eventually(() => expect(second.calls).toEqual(['1']));
      },
      timeout,
    );

    it(
      'is not ready and rejects once its feed is lost for good, so that the process goes down',
      async () => {
        const { consumer, feed, finished } = harness().open(async () => undefined);
        await eventually(() => expect(consumer.health().ready).toBe(true));
        feed.lose(new HarmonyError('BROKER_UNAVAILABLE', { detail: 'gone for good' }));
        await expect(finished).rejects.toThrow('gone for good');
        expect(consumer.health().ready).toBe(false);
      },
      timeout,
    );
  });
}
