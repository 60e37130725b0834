import { newId } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Parameters } from '../read-model/sql.js';
import { behindCursor, cursorOf, questionMark, type RowPlace } from './row-cursor.js';
import type { SortKey } from './row-order.js';

const numbers: SortKey = { sql: 'x', type: 'double precision' };
const mark = questionMark({ projectId: 'p', sort: 'VALUE' });
const place = (sort_key: RowPlace['sort_key']): RowPlace => ({
  ...{ conversation_id: newId(), happened_at: new Date('2026-01-01T10:00:00.123Z'), sort_key },
});

const read = (cursor: string, of = mark, key = numbers): { sql: string; values: unknown[] } => {
  const parameters = new Parameters(1);
  return { sql: behindCursor(cursor, of, key, 'ASCENDING', parameters), values: parameters.values };
};
const refused = expect.objectContaining({ code: 'INVALID_INPUT' });

describe('a cursor of rows', () => {
  it('names the place exactly', () => {
    const at = place(0.1 + 0.2);
    expect(read(cursorOf(mark, at)).values).toEqual([at.happened_at.toISOString(), at.conversation_id, 0.1 + 0.2]);
    expect(read(cursorOf(mark, place(null))).sql).toContain('sort_key is null');
  });

  it('is of no use for another question', () => {
    const cursor = cursorOf(mark, place(1));
    for (const other of [{ projectId: 'q', sort: 'VALUE' }, { projectId: 'p', sort: 'DATE' }, {}]) {
      expect(() => read(cursor, questionMark(other))).toThrow(refused);
    }
    expect(() => read(cursor, mark, { sql: 'x', type: 'timestamptz' })).toThrow(refused);
    expect(() => read(cursorOf(mark, place('text')))).toThrow(refused);
  });

  it('is refused when nobody returned it, and never reaches the database', () => {
    const part = fc.oneof(fc.string(), fc.double(), fc.constantFrom(mark, 0, 1, newId(), '2026-01-01T10:00:00Z', '\0'));
    const forged = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.array(part, { maxLength: 6 }).map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url')),
    );
    fc.assert(
      fc.property(forged, (cursor) => {
        const outcome = ((): unknown => {
          try {
            return read(cursor).values;
          } catch (error) {
            return error;
          }
        })();
        // By chance it may be one that could have been returned.
        if (Array.isArray(outcome)) expect(outcome.join()).not.toContain('\0');
        else expect(outcome).toMatchObject({ code: 'INVALID_INPUT' });
      }),
      { numRuns: 500 },
    );
  });
});
