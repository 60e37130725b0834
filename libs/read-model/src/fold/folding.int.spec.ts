import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RecordedEvent } from '@harmony/event-store';
import { derivedId, newId, type Fact } from '@harmony/kernel';
import * as fc from 'fast-check';
import { BatchTransactions } from '../projector/batch-transactions.js';
import { BatchWriter } from '../projector/batch-writer.js';
import { claimCheckpoint } from '../projector/checkpoint.js';
import { readParked } from '../projector/parked-streams.js';
import {
  completed,
  copied,
  conversationProjection as projection,
  eventsOf,
  failed,
  submitted,
  transcribed,
  unreadable,
} from '../testing/conversation-projection.js';
import { MemoryStore } from '../testing/memory-store.js';
import { startProjectionFixture, type ProjectionFixture } from '../testing/projection-fixture.js';
import { compileTable } from './compiled-table.js';

jest.setTimeout(60_000);

const conversations = [0, 1, 2].map((index) => derivedId('conversation', index));

const happening = fc.record({
  conversation: fc.nat(2),
  what: fc.constantFrom('submitted', 'transcribed', 'completed', 'failed', 'unreadable', 'refused', 'copied', 'copied'),
  words: fc.nat(50),
  tag: fc.string({ unit: fc.constantFrom('a', '"', '\\', ',', '\t', '\n', 'é', '{') }),
});

type Happening = typeof happening extends fc.Arbitrary<infer Value> ? Value : never;

function factOf({ what, words, tag }: Happening, id: string): Fact {
  switch (what) {
    case 'transcribed':
      return transcribed(id, words);
    case 'completed':
      return completed(id);
    case 'failed':
      return failed(id);
    case 'copied':
      return copied(id, conversations[words % 3] ?? '');
    case 'refused':
      return submitted(id, { title: 'nul \u0000' });
    default:
      return submitted(id, {
        title: `${words}`,
        tags: [tag],
        customFields: { tag },
        medium: words % 2 ? 'CALL' : 'CHAT',
      });
  }
}

describe('folding the log', () => {
  let fixture: ProjectionFixture;

  beforeAll(async () => {
    fixture = await startProjectionFixture([projection]);
  });
  afterAll(() => fixture.close());

  /** The tables and the parked streams after the events were written in batches of these sizes. */
  async function outcome(events: readonly RecordedEvent[], sizes: readonly number[]): Promise<unknown> {
    const { pool } = fixture.server;
    await pool.query('truncate sample.conversations, sample.media, projections.parked');
    await pool.query('update projections.checkpoints set major = 0, minor = 0');
    const tables = projection.tables.map((table) => compileTable(table, 'sample'));
    const writer = new BatchWriter(new BatchTransactions(fixture.database.worker), tables);
    const checkpoint = await claimCheckpoint(fixture.database.worker, projection.name, newId());
    let standing = { checkpoint, parked: await readParked(pool, projection.name) };
    for (let start = 0, turn = 0; start < events.length; turn += 1) {
      const batch = events.slice(start, start + (sizes[turn % sizes.length] ?? 1));
      start += batch.length;
      standing = await writer.write(standing, batch, batch.at(-1)?.position ?? checkpoint.position, 0);
    }
    const parked = [...(await readParked(pool, projection.name)).values()];
    expect(parked).toEqual(
      [...standing.parked.values()].sort((a, b) => Number(a.event.position.minor - b.event.position.minor)),
    );
    return [await fixture.rows(projection, 'conversations'), await fixture.rows(projection, 'media'), parked];
  }

  it('gives the same tables and parks the same streams, however the log is cut into batches', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 1, maxLength: 25 }),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }),
        async (happenings, sizes) => {
          const store = new MemoryStore();
          for (const item of happenings) {
            const id = conversations[item.conversation] ?? '';
            const events = item.what === 'unreadable' ? [unreadable(id)] : eventsOf([factOf(item, id)]);
            await store.append(`conversation-${id}`, events);
          }
          expect(await outcome(store.log, sizes)).toEqual(await outcome(store.log, [1]));
        },
      ),
      { numRuns: 40 },
    );
  });

  const [a = '', b = '', c = ''] = conversations;
  it.each<[string, readonly Fact[]]>([
    ['of a row that changes later', [copied(b, a), transcribed(a, 5)]],
    ['of a row that changes before', [transcribed(a, 5), copied(b, a)]],
    ['to a row that changes later', [copied(b, a), transcribed(b, 5)]],
    ['to a row that goes away before', [failed(b), copied(b, a)]],
    ['to a row that is copied to again', [copied(c, a), copied(c, b)]],
    ['of a copy', [copied(b, a), copied(c, b)]],
    ['of a row before it is copied to', [copied(c, b), copied(b, a)]],
    ['of one row to two', [copied(b, a), copied(c, a)]],
    ['of a row to itself', [copied(a, a)]],
    ['of a row that is not there', [copied(a, derivedId('conversation', 9))]],
    ['of a row whose key is written in capitals', [copied(b, a.toUpperCase()), transcribed(a, 5), copied(c, a)]],
  ])('makes a copy %s as it would one by one', async (_, facts) => {
    const store = new MemoryStore();
    const there = [submitted(a, { title: 'one', tags: ['x'] }), submitted(b, { title: 'two' }), transcribed(a, 3)];
    for (const one of [...there, ...facts]) {
      if ('conversationId' in one.data) await store.append(`conversation-${one.data.conversationId}`, eventsOf([one]));
    }
    expect(await outcome(store.log, [there.length, facts.length])).toEqual(await outcome(store.log, [1]));
  });
});
