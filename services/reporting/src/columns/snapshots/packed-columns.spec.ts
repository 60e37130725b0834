import { describe, expect, it } from '@jest/globals';
import { newId } from '@harmony/kernel';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import type { Coded, ProjectColumns } from '../../domain/columns.js';
import type { ConversationRecord } from '../conversation.js';
import { MutableColumns } from '../mutable-columns.js';
import { decodeColumns, encodeColumns } from './encode-columns.js';
import { packColumns } from './packed-columns.js';

const ids = Array.from({ length: 6 }, () => newId());
const id = fc.constantFrom(...ids);
const perhaps = fc.constantFrom(null, ...ids);
const words = fc.constantFrom('a', 'b', 'ö', '');

const conversation: fc.Arbitrary<ConversationRecord> = fc.record({
  conversationId: id,
  runId: id,
  happenedAt: fc.nat(),
  ...{ teamId: perhaps, ownerId: perhaps, contactId: perhaps, revisionId: perhaps },
  medium: fc.constantFrom('CALL', 'CHAT'),
  status: fc.constantFrom('QUEUED', 'COMPLETED'),
  tags: fc.array(words, { maxLength: 2 }),
  customFields: fc.dictionary(fc.constantFrom('tier', 'size'), fc.oneof(words, fc.nat(3), fc.array(words))),
  runKind: fc.constantFrom('PIPELINE', 'REVISION'),
  access: fc.record({ ownerId: perhaps, createdBy: perhaps, teamId: perhaps }),
  cells: fc.array(
    fc.record({
      definitionId: id,
      cell: fc.constantFrom(
        { outcome: 'PENDING' as const },
        { outcome: 'ANSWERED' as const, value: 'YES' },
        { outcome: 'ANSWERED' as const, value: [{ name: 'Acme', stance: 'CURRENT' as const }] },
      ),
    }),
  ),
  goals: fc.array(fc.record({ goalId: id, outcome: fc.constantFrom('MET', 'UNKNOWN') })),
  scorecards: fc.array(fc.record({ scorecardId: id, score: fc.constantFrom(null, 0, 50.5) })),
});

const steps = fc.array(fc.oneof({ weight: 3, arbitrary: conversation }, { weight: 1, arbitrary: id }), {
  maxLength: 40,
});

function take(columns: MutableColumns, taken: readonly (ConversationRecord | string)[]): void {
  for (const one of taken)
    if (typeof one === 'string') columns.remove(one);
    else columns.put(one);
}

/** What each conversation that is there has in each column, in words. */
function read({ facts, cells, goals, scorecards }: ProjectColumns): Map<string, unknown> {
  const { conversationIds, runIds, happenedAt, isThere, customFields, access, rows: _rows, ...coded } = facts;
  const at = ({ codes, values }: Coded<unknown>, row: number): unknown => values[codes[row] ?? -1];
  const all = (columns: ReadonlyMap<string, Coded<unknown>>, row: number): unknown =>
    Object.fromEntries([...columns].map(([key, column]) => [key, at(column, row)]));
  const rows = conversationIds.flatMap((conversationId, row) =>
    isThere[row] === 1
      ? [
          [
            conversationId,
            {
              ...{ runId: runIds[row], happenedAt: happenedAt[row] },
              facts: all(new Map(Object.entries({ ...coded, ...access })), row),
              ...{ customFields: all(customFields, row), cells: all(cells, row) },
              ...{ goals: all(goals, row), scorecards: all(scorecards, row) },
            },
          ] as const,
        ]
      : [],
  );
  return new Map(rows);
}

const decoded = async (columns: ProjectColumns): Promise<MutableColumns> =>
  MutableColumns.unpack(await decodeColumns(await encodeColumns(await packColumns(columns))));

describe('a copy of columns', () => {
  it('holds the same and goes its own way', async () => {
    await fc.assert(
      fc.asyncProperty(steps, steps, steps, async (before, ours, theirs) => {
        const [columns, expected] = [new MutableColumns(), new MutableColumns()];
        take(columns, before);
        const copy = await columns.copy();
        expect(read(copy)).toEqual(read(columns));
        take(columns, theirs);
        take(copy, ours);
        take(expected, [...before, ...ours]);
        expect(read(copy)).toEqual(read(expected));
      }),
    );
  });

  it('shares what its codes stand for, so that nothing that was made of it is made again', async () => {
    const columns = new MutableColumns();
    take(columns, fc.sample(conversation, { numRuns: 50, seed: 8 }));
    const copy = await columns.copy();
    for (const [definitionId, { values }] of columns.cells) expect(copy.cells.get(definitionId)?.values).toBe(values);
    expect(columns.cells.size).toBeGreaterThan(0);
  });

  it('leaves a dictionary behind of which it needs less than half', async () => {
    const columns = new MutableColumns();
    const [sample] = fc.sample(conversation, { numRuns: 1, seed: 4 });
    if (!sample) throw new Error('There is one.');
    for (let turn = 0; turn < 10; turn += 1) columns.put({ ...sample, tags: [`tag ${turn}`] });
    const copy = await columns.copy();
    expect(copy.facts.tags.values).toEqual([[], ['tag 9']]);
    expect(columns.facts.tags.values).toHaveLength(11);
    expect(read(copy)).toEqual(read(columns));
  });

  it('takes in what only the other one knew, though that one has grown far beyond it', async () => {
    const columns = new MutableColumns();
    const many = fc
      .sample(conversation, { numRuns: 3_000, seed: 8 })
      .map((one) => ({ ...one, conversationId: newId() }));
    take(columns, many.slice(0, 10));
    const copy = await columns.copy();
    take(columns, many.slice(10));
    const known = [...many.slice(0, 10), ...many.slice(-5)];
    take(copy, many.slice(-5));
    expect([...read(copy).keys()].toSorted()).toEqual(known.map(({ conversationId }) => conversationId).toSorted());
    for (const { conversationId } of known)
      expect(read(copy).get(conversationId)).toEqual(read(columns).get(conversationId));
  });

  it('has every row whole that did not change while it was made', async () => {
    const columns = new MutableColumns();
    const many = fc
      .sample(conversation, { numRuns: 5_000, seed: 8 })
      .map((one) => ({ ...one, conversationId: newId() }));
    take(columns, many);
    const making = columns.copy();
    const changed = many.slice(0, 500).map((one) => ({ ...one, tags: ['later'], cells: [] }));
    for (const one of changed) {
      columns.put(one);
      columns.put({ ...one, conversationId: newId() });
      if (Math.random() < 0.05) await new Promise(setImmediate);
    }
    const copy = await making;
    take(copy, changed);
    const [whole, wanted] = [read(copy), read(columns)];
    expect(many.filter(({ conversationId: id }) => !isDeepStrictEqual(whole.get(id), wanted.get(id)))).toEqual([]);
  });
});

describe('columns that were packed', () => {
  it('hold the same when they are unpacked, and go on in the same way', async () => {
    await fc.assert(
      fc.asyncProperty(steps, steps, async (before, after) => {
        const columns = new MutableColumns();
        take(columns, before);
        const kept = await decoded(columns);
        expect(read(kept)).toEqual(read(columns));
        take(columns, after);
        take(kept, after);
        expect(read(kept)).toEqual(read(columns));
      }),
    );
  });

  it('hold no word of a conversation that is gone, and none that was taken back', async () => {
    const columns = new MutableColumns();
    const [sample] = fc.sample(conversation, { numRuns: 1, seed: 4 });
    if (!sample) throw new Error('There is one.');
    const secret = { ...sample, tags: ['Xylograph'], customFields: { note: 'Quokka' } };
    columns.put({ ...secret, conversationId: ids[0] ?? '' });
    columns.put({ ...secret, conversationId: ids[1] ?? '' });
    columns.remove(ids[0] ?? '');
    columns.put({ ...sample, conversationId: ids[1] ?? '', tags: [], customFields: {} });
    const packed = await packColumns(columns);
    expect(packed.conversationIds).toEqual([ids[1]]);
    const values = [...packed.facts, ...packed.customFields].flatMap(([, column]) => column.values);
    expect(JSON.stringify(values)).not.toMatch(/Xylograph|Quokka/);
  });
});
