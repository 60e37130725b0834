import { describe, expect, it } from '@jest/globals';
import { HarmonyError } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { randomUUID } from 'node:crypto';
import { event, gate, type Harness } from './harness.js';
import { lettersOf } from './failures.js';

const timeout = 60_000;

/** A table whose rows are effects: one for each time that a message took effect. */
async function effectsTable(harness: Harness): Promise<{ name: string; tags: () => Promise<string[]> }> {
  const name = `effects_${randomUUID().replaceAll('-', '')}`;
  await harness.environment.pool.query(`create table ${name} (place bigint generated always as identity, tag text)`);
  const tags = async (): Promise<string[]> => {
    const { rows } = await harness.environment.pool.query<{ tag: string }>(`select tag from ${name} order by place`);
    return rows.map((row) => row.tag);
  };
  return { name, tags };
}

export function redeliveryTests(harness: () => Harness): void {
  describe('redelivery', () => {
    it(
      'commits only what everything before is handled of, so that a message given up at shutdown is delivered again',
      async () => {
        const never = gate();
        await harness().publish(['slow', event('slow')], ['fast', event('fast 1')], ['fast', event('fast 2')]);
        const first = harness().open(
          async ({ correlationId }) => {
            if (correlationId === 'slow') await never.opened;
          },
          { drainMs: 10 },
        );
        await eventually(() => expect(first.calls).toContain('fast 2'));
        await first.stop();
        const second = harness().open(async () => undefined);
        await eventually(() => expect(second.consumer.health()).toMatchObject({ ready: true, lag: 0 }));
        await eventually(() => expect(second.calls).toContain('slow'));
        never.open();
      },
      timeout,
    );

    it(
      'has the effect of a message once, although the process dies between the effect and the commit',
      async () => {
        const effects = await effectsTable(harness());
        const effect: Parameters<Harness['open']>[0] = ({ correlationId }, context) =>
          context.once(async (transaction) => {
            await transaction.query(`insert into ${effects.name} (tag) values ($1)`, [correlationId]);
          });
        await harness().publish(['a', event('1')], ['a', event('2')], ['b', event('3')]);
        const first = harness().open(effect, { commitEveryMs: 60_000 });
        await eventually(async () => expect(await effects.tags()).toHaveLength(3));
        await first.crash();
        expect(first.feed.commits).toEqual([]);
        const skipped: string[] = [];
        const second = harness().open(effect, { observer: { skipped: (_, reason) => skipped.push(reason) } });
        await eventually(() => expect(skipped).toHaveLength(3));
        expect(second.calls).toEqual([]);
        expect((await effects.tags()).sort()).toEqual(['1', '2', '3']);
      },
      timeout,
    );

    it(
      'rolls the effect back together with its mark when the work fails, and has it once in the end',
      async () => {
        const effects = await effectsTable(harness());
        await harness().publish(['a', event('1')]);
        const { feed } = harness().open((_, context) =>
          context.once(async (transaction) => {
            await transaction.query(`insert into ${effects.name} (tag) values ('tried')`);
            if (context.attempt < 3) throw new HarmonyError('STORE_UNAVAILABLE');
          }),
        );
        await eventually(() => expect(feed.commits).toHaveLength(1));
        expect(await effects.tags()).toEqual(['tried']);
      },
      timeout,
    );

    it(
      'has no second effect when everything is delivered again, and again',
      async () => {
        const effects = await effectsTable(harness());
        const tags = Array.from({ length: 30 }, (_, index) => `${index}`);
        await harness().publish(...tags.map((tag) => [`k${Number(tag) % 4}`, event(tag)] as const));
        for (let round = 0; round < 3; round += 1) {
          const done: string[] = [];
          const opened = harness().open(
            ({ correlationId }, context) =>
              context.once(async (transaction) => {
                await transaction.query(`insert into ${effects.name} (tag) values ($1)`, [correlationId]);
              }),
            { observer: { handled: (_, type) => done.push(type), skipped: (_, reason) => done.push(reason) } },
          );
          opened.feed.losingCommits = true;
          await eventually(() => expect(done).toHaveLength(30));
          expect(new Set(done)).toEqual(new Set([round === 0 ? 'ConversationCompleted' : 'handled-before']));
          await opened.stop();
        }
        const numbers = (await effects.tags()).map(Number).sort((left, right) => left - right);
        expect(numbers).toEqual(tags.map(Number));
      },
      timeout,
    );

    it(
      'makes no second dead letter of a message that is delivered again',
      async () => {
        await harness().publish(['a', event('1')], ['a', event('2', { data: {} })]);
        const fail = async (): Promise<void> => {
          throw new HarmonyError('OBJECT_NOT_FOUND');
        };
        const first = harness().open(fail, { commitEveryMs: 60_000 });
        await eventually(async () => expect(await lettersOf(harness())).toHaveLength(2));
        await first.crash();
        const second = harness().open(fail);
        await eventually(() => expect(second.feed.commits.length).toBeGreaterThan(0));
        await eventually(() => expect(second.consumer.health().lag).toBe(0));
        expect(await lettersOf(harness())).toHaveLength(2);
        expect(second.calls).toEqual([]);
      },
      timeout,
    );
  });
}
