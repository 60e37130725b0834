import { describe, expect, it } from '@jest/globals';
import { HarmonyError } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { DeadLetters, type DeadLetter } from '../dead-letters/dead-letters.js';
import { defaultRetryPolicy, type RetryPolicy } from '../runtime/retry-policy.js';
import { event, type Harness } from './harness.js';

const timeout = 60_000;
const fast: RetryPolicy = { ...defaultRetryPolicy, firstMs: 1, maximumMs: 5 };

/** All dead letters of the test's consumer, oldest first. */
export const lettersOf = (harness: Harness): Promise<DeadLetter[]> =>
  new DeadLetters(harness.environment.pool).list({ consumer: harness.consumer });

export function failureTests(harness: () => Harness): void {
  describe('failures', () => {
    it(
      'tries a retriable error again until it succeeds, each try with its number',
      async () => {
        const attempts: number[] = [];
        await harness().publish(['a', event('1')]);
        const { feed } = harness().open(async (_, context) => {
          attempts.push(context.attempt);
          if (context.attempt < 8) throw new HarmonyError('STORE_UNAVAILABLE');
        });
        await eventually(() => expect(feed.commits).toHaveLength(1));
        expect(attempts).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
        expect(await lettersOf(harness())).toEqual([]);
      },
      timeout,
    );

    it(
      'does not let a failing key hold up the other keys, however many fail',
      async () => {
        let broken = true;
        const failing = Array.from({ length: 6 }, (_, index) => [`bad${index}`, event('bad')] as const);
        await harness().publish(...failing, ['good', event('good')], ['good', event('good')]);
        const retry = { ...fast, maximumMs: 50, retriable: { attempts: 1_000_000, ageMs: 600_000 } };
        const { calls, feed } = harness().open(
          async (received) => {
            if (broken && received.correlationId === 'bad') throw new HarmonyError('STORE_UNAVAILABLE');
          },
          { concurrency: 2, retry },
        );
        await eventually(() => expect(calls.filter((tag) => tag === 'good')).toHaveLength(2));
        broken = false;
        await eventually(() => expect(feed.commits.length).toBeGreaterThan(0));
        expect(await lettersOf(harness())).toEqual([]);
      },
      timeout,
    );

    it(
      'sends a bug to the dead letters after its budget of attempts, with cause, attempts, origin and the whole message',
      async () => {
        const body = event('1');
        await harness().publish(['a', body]);
        const { calls } = harness().open(
          async () => {
            throw new TypeError('cannot read x of undefined');
          },
          { retry: { ...fast, bug: { attempts: 3, ageMs: 600_000 } } },
        );
        const [letter] = await eventually(async () => {
          const letters = await lettersOf(harness());
          expect(letters).toHaveLength(1);
          return letters;
        });
        expect(calls).toHaveLength(3);
        expect(letter).toMatchObject({
          consumer: harness().consumer,
          key: harness().key('a'),
          eventId: body.id,
          eventType: 'ConversationCompleted',
          causeCode: 'TypeError',
          causeDetail: 'cannot read x of undefined',
          attempts: 3,
          state: 'dead',
        });
        expect(letter?.raw).toMatchObject({ id: body.id, data: body.data });
        expect(letter?.origin).toMatch(/\d/);
        expect(letter?.lastFailedAt.getTime()).toBeGreaterThanOrEqual(letter?.firstFailedAt.getTime() ?? Infinity);
      },
      timeout,
    );

    it(
      'ends the retries by age, too',
      async () => {
        await harness().publish(['a', event('1')]);
        harness().open(
          async () => {
            throw new HarmonyError('STORE_UNAVAILABLE');
          },
          { retry: { ...fast, retriable: { attempts: 1_000_000, ageMs: 100 } } },
        );
        await eventually(async () => {
          const [letter] = await lettersOf(harness());
          expect(letter).toMatchObject({ causeCode: 'STORE_UNAVAILABLE', state: 'dead' });
        });
      },
      timeout,
    );

    it(
      'sends poison to the dead letters at once',
      async () => {
        await harness().publish(['a', event('1')]);
        const { calls } = harness().open(async () => {
          throw new HarmonyError('OBJECT_NOT_FOUND');
        });
        await eventually(async () =>
          expect(await lettersOf(harness())).toEqual([
            expect.objectContaining({ causeCode: 'OBJECT_NOT_FOUND', attempts: 1 }),
          ]),
        );
        expect(calls).toHaveLength(1);
      },
      timeout,
    );

    it(
      'sends an undecodable event and one of a newer version to the dead letters without calling a handler, and goes on',
      async () => {
        await harness().publish(
          ['a', event('1', { data: { conversationId: 'no uuid' } })],
          ['a', event('2', { version: 99 })],
          ['a', event('3')],
        );
        const { calls, feed } = harness().open(async () => undefined);
        await eventually(() => expect(calls).toEqual(['3']));
        const letters = await eventually(async () => {
          const found = await lettersOf(harness());
          expect(found).toHaveLength(2);
          return found;
        });
        expect(letters.map((letter) => letter.causeCode)).toEqual(['UNDECODABLE_EVENT', 'UNKNOWN_EVENT_TYPE']);
        await eventually(() => expect(feed.commits.length).toBeGreaterThan(0));
      },
      timeout,
    );

    it(
      'keeps text that is no JSON whole as a dead letter, where the transport can carry such text',
      async () => {
        const text = '{"id": "half a mess';
        const { topic } = harness();
        if (!topic.publishText) return;
        await topic.publishText(harness().key('a'), text);
        await harness().publish(['a', event('2')]);
        const { calls } = harness().open(async () => undefined);
        await eventually(() => expect(calls).toEqual(['2']));
        expect(await lettersOf(harness())).toEqual([
          expect.objectContaining({ causeCode: 'UNDECODABLE_EVENT', raw: text, eventId: undefined }),
        ]);
      },
      timeout,
    );
  });
}
