import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor.js';
import type { Connection } from './connection.js';
import { keyset, toConnection, type SortColumn } from './page.js';

const byName: readonly SortColumn[] = [
  { sql: 'name', type: 'text' },
  { sql: 'id', type: 'uuid' },
];
const id = '00000000-0000-4000-8000-000000000001';

describe('cursor', () => {
  it('reads back every key that it wrote', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 }), (key) => {
        expect(decodeCursor(encodeCursor(key), key.length)).toEqual(key);
      }),
    );
  });

  it.each(['', 'nonsense', encodeCursor(['only one']), Buffer.from('{"a":1}').toString('base64url')])(
    'refuses the foreign cursor "%s" with INVALID_INPUT',
    (cursor) => {
      expect(() => decodeCursor(cursor, 2)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    },
  );
});

describe('keyset', () => {
  it('asks for one row more than the page holds', () => {
    expect(keyset({ first: 25 }, byName, 1)).toEqual({
      where: 'true',
      parameters: [],
      orderBy: 'name asc, id asc',
      limit: 26,
    });
  });

  it('continues behind the cursor in the direction of the order', () => {
    const page = { first: 10, after: encodeCursor(['b', id]) };
    expect(keyset(page, byName, 3).where).toBe('(name, id) > ($3::text, $4::uuid)');
    expect(keyset(page, byName, 3, 'desc').where).toBe('(name, id) < ($3::text, $4::uuid)');
  });

  it.each([
    ['b', 'no uuid'],
    ['nul\0', id],
  ])('refuses the forged cursor of %j and %j before Postgres sees it', (...key) => {
    expect(() => keyset({ first: 5, after: encodeCursor(key) }, byName, 1)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });

  it.each([0, -1, 101, 1.5])('refuses a page of %s', (first) => {
    expect(() => keyset({ first }, byName, 1)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });
});

describe('toConnection', () => {
  it('walks any list page by page without losing or repeating a row', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (list, first) => {
        const sorted = [...list].sort((left, right) => left - right);
        const seen: number[] = [];
        let after: string | null = null;
        for (let more = true; more;) {
          const start: number = after ? Number(decodeCursor(after, 1)[0]) : -Infinity;
          const rows = sorted.filter((value) => value > start).slice(0, first + 1);
          const page: Connection<number> = toConnection(
            { first, after },
            rows,
            (row) => [row],
            (row) => row,
          );
          seen.push(...page.edges.map(({ node }) => node));
          after = page.pageInfo.endCursor;
          more = page.pageInfo.hasNextPage;
        }
        expect(seen).toEqual(sorted);
      }),
    );
  });

  it('makes edges whose cursors JSON holds too', () => {
    const { edges } = toConnection(
      { first: 1 },
      [7, 8],
      (row) => [row],
      (row) => row,
    );
    expect(JSON.parse(JSON.stringify(edges))).toEqual([{ cursor: encodeCursor([7]), node: 7 }]);
  });
});
