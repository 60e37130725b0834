import { createTestDatabase, eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { anEvent } from '../../contract-suite/events.js';
import type { LogFilter } from '../../port.js';
import { logStart } from '../../position.js';
import { PostgresEventStore } from '../postgres-event-store.js';
import { lastPosition } from '../../testing/index.js';
import { migrateEventStore } from '../testing/migrate-event-store.js';
import { appendWithin, sometimesHold, writeConcurrently } from '../testing/raw-writers.js';

const filters: readonly LogFilter[] = [
  {},
  { types: ['Odd'] },
  { streamPrefixes: ['right-'] },
  { types: ['Even', 'Written'] },
];

describe('many followers of one store', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateEventStore(database.pool);
  });
  afterAll(() => database.drop());

  it('see every event once and in order, fast and slow ones, while two processes write and transactions stay open', async () => {
    // Given eight followers of one store, every other one so slow that memory does not reach back to it
    const [store, other] = [
      PostgresEventStore.open({ pool: database.pool }),
      PostgresEventStore.open({ pool: database.pool }),
    ];
    const over = new AbortController();
    const seen = Array.from({ length: 8 }, (): string[] => []);
    const following = seen.map(async (ids, number) => {
      const filter = filters[number % filters.length] ?? {};
      const batchSize = number < 4 ? 70 : 1_000;
      for await (const { events } of store.subscribe({ after: logStart, filter, batchSize, signal: over.signal })) {
        ids.push(...events.map(({ id }) => id));
        if (number % 2 === 1) await pause(30 * number);
      }
    });
    try {
      // When both write at the same time, and some transactions end later than those behind them
      const write = async (by: PostgresEventStore, side: string): Promise<void> => {
        for (let round = 0; round < 60; round += 1) {
          const events = Array.from({ length: 1 + ((round * 7) % 60) }, (_, at) =>
            anEvent({ type: at % 2 ? 'Odd' : 'Even' }),
          );
          await by.append(`${side}-${round}`, events, 'none');
          if (round % 10 === 3) await pause(20);
        }
      };
      const late = writeConcurrently(database.pool, {
        ...{ writers: 2, milliseconds: 1_000 },
        transaction: async (client, writer) => {
          const id = await appendWithin(client, `right-late-${writer}`);
          await sometimesHold(4);
          return [id];
        },
      });
      await Promise.all([write(store, 'left'), write(other, 'right'), late]);
      // What other transactions of the server still hold back is read later.
      await eventually(async () => expect(await store.head()).toEqual(await lastPosition(database.pool)));
      // Then each has seen exactly what its filter lets through, in the order of the log
      for (const [number, ids] of seen.entries()) {
        const wanted: string[] = [];
        for await (const { events } of store.readLog({ filter: filters[number % filters.length] ?? {} })) {
          wanted.push(...events.map(({ id }) => id));
        }
        await eventually(() => expect(ids).toEqual(wanted), { withinMs: 20_000 });
      }
    } finally {
      over.abort();
      await Promise.all(following);
      await Promise.all([store.close(), other.close()]);
    }
  });
});
