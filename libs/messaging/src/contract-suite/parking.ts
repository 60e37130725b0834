import { describe, expect, it } from '@jest/globals';
import { HarmonyError } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import { lettersOf } from './failures.js';
import { event, type Harness } from './harness.js';

const timeout = 60_000;

/** Publishes a poison and two more of its key, and one of another; returns whether the poison is mended. */
async function publishPoison(harness: Harness): Promise<{ mended: boolean }> {
  await harness.publish(['a', event('poison')], ['a', event('2')], ['b', event('other')], ['a', event('3')]);
  return { mended: false };
}

const poisonUnless =
  (state: { mended: boolean }, effects: string[] = []) =>
  async ({ correlationId }: { correlationId: string }): Promise<void> => {
    if (correlationId === 'poison' && !state.mended) throw new HarmonyError('OBJECT_NOT_FOUND');
    effects.push(correlationId);
  };

export function parkingTests(harness: () => Harness): void {
  const letters = (): DeadLetters => new DeadLetters(harness().environment.pool);

  describe('after a dead letter', () => {
    it(
      'goes on with the key where the consumer declares so',
      async () => {
        const state = await publishPoison(harness());
        const effects: string[] = [];
        harness().open(poisonUnless(state, effects), { afterDeadLetter: 'continue' });
        await eventually(() => expect([...effects].sort()).toEqual(['2', '3', 'other']));
      },
      timeout,
    );

    it(
      'parks the key and what follows it, in order, over a restart, while other keys go on',
      async () => {
        const state = await publishPoison(harness());
        const effects: string[] = [];
        const first = harness().open(poisonUnless(state, effects), { afterDeadLetter: 'park-key' });
        await eventually(async () => expect(await lettersOf(harness())).toHaveLength(3));
        await first.stop();
        await harness().publish(['a', event('4')], ['b', event('other too')]);
        harness().open(poisonUnless(state, effects), { afterDeadLetter: 'park-key' });
        await eventually(async () => expect(await lettersOf(harness())).toHaveLength(4));
        await eventually(() => expect(effects).toEqual(['other', 'other too']));
        const parked = await lettersOf(harness());
        expect(parked.map((letter) => letter.state)).toEqual(['dead', 'waiting', 'waiting', 'waiting']);
      },
      timeout,
    );

    it(
      'handles a re-driven key in order with what waits behind it, before what comes later; twice is harmless',
      async () => {
        const state = await publishPoison(harness());
        const effects: string[] = [];
        harness().open(poisonUnless(state, effects), { afterDeadLetter: 'park-key' });
        await eventually(async () => expect(await lettersOf(harness())).toHaveLength(3));
        state.mended = true;
        expect(await letters().redrive({ consumer: harness().consumer, by: 'operator' })).toBe(1);
        await letters().redrive({ consumer: harness().consumer, by: 'operator' });
        await harness().publish(['a', event('4')]);
        await eventually(() => expect(effects).toEqual(['other', 'poison', '2', '3', '4']));
        await eventually(async () =>
          expect(await letters().depth(harness().consumer)).toEqual({ dead: 0, waiting: 0 }),
        );
        expect(await letters().redrive({ consumer: harness().consumer, by: 'operator' })).toBe(0);
      },
      timeout,
    );

    it(
      'keeps a letter that fails again, with its attempts added up',
      async () => {
        const state = await publishPoison(harness());
        const outcomes: string[] = [];
        harness().open(poisonUnless(state), {
          afterDeadLetter: 'continue',
          observer: { redriven: (_, outcome) => outcomes.push(outcome) },
        });
        const [letter] = await eventually(async () => {
          const found = await lettersOf(harness());
          expect(found).toHaveLength(1);
          return found;
        });
        await letters().redrive({ ids: [letter?.id ?? ''], by: 'operator' });
        await eventually(() => expect(outcomes).toEqual(['dead']));
        expect(await lettersOf(harness())).toEqual([expect.objectContaining({ state: 'dead', attempts: 2 })]);
      },
      timeout,
    );

    it(
      'lets the key go on when its letter is discarded, and remembers by whom and why',
      async () => {
        const state = await publishPoison(harness());
        const effects: string[] = [];
        harness().open(poisonUnless(state, effects), { afterDeadLetter: 'park-key' });
        const [letter] = await eventually(async () => {
          const found = await lettersOf(harness());
          expect(found).toHaveLength(3);
          return found;
        });
        await letters().discard({ ids: [letter?.id ?? ''], by: 'operator', reason: 'a test message' });
        await eventually(() => expect(effects).toEqual(['other', '2', '3']));
        const [discarded] = await letters().list({ consumer: harness().consumer, states: ['discarded'] });
        expect(discarded).toMatchObject({ resolvedBy: 'operator', note: 'a test message' });
      },
      timeout,
    );
  });
}
