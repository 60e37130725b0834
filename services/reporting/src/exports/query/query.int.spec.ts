import { createTestDatabase, eventually, parseCsv, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { buffer } from 'node:stream/consumers';
import { spreadsheetText, spreadsheetTextSql } from '../format/spreadsheet-text.js';
import { CopyStream } from './copy-stream.js';
import { inlined } from './inlined.js';

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  client.on('error', () => undefined);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const copied = (sql: string, lineEnd: '\r\n' | '\n' = '\r\n'): Promise<string> =>
  buffer(client.query(new CopyStream(sql, lineEnd))).then(String);

/** Text as Postgres can have it. */
const stored = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '=',
        '-',
        '@',
        '\t',
        '\r',
        '\n',
        '＝',
        ' ',
        '\u00a0',
        '\u2003',
        '\ufeff',
        '"',
        ',',
        '\\',
        '$1',
        "'",
        'a',
      ),
    )
    .map((all) => all.join('')),
);

describe('values in a COPY', () => {
  it('arrive as they are, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stored), stored, async (list, value) => {
        const sql = inlined(
          'select $1::text[] as list, $2::text as value, $3::jsonb as document, $4::boolean as flag',
          [...[list, value, { value }, null]],
        );
        const { rows } = await client.query(sql);
        expect(rows).toEqual([{ list, value, document: { value }, flag: null }]);
      }),
      { numRuns: 60 },
    );
  });

  it('lose a NUL, which no value in Postgres has', async () => {
    expect((await client.query(inlined('select $1::text as value', ['a\0b']))).rows).toEqual([{ value: 'a\ufffdb' }]);
  });
});

describe('a CSV by COPY', () => {
  it('guards text exactly as the header is guarded, and is read back by a strict reader', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(stored, fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1 }),
        async (rows) => {
          const values = inlined(
            `select * from unnest($1::text[], $2::float8[]) with ordinality as t(value, number, place)`,
            [rows.map(([value]) => value), rows.map(([, number]) => number)],
          );
          const sql = `copy (select ${spreadsheetTextSql('value')}, number from (${values}) t order by place) to stdout (format csv)`;
          const read = parseCsv(await copied(sql));
          expect(read.map(([value]) => value)).toEqual(rows.map(([value]) => spreadsheetText(value)));
          expect(read.map(([, number]) => Number(number))).toEqual(rows.map(([, number]) => number + 0));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives many rows to a slow reader, with little of them in memory', async () => {
    const stream = client.query(
      new CopyStream(`copy (select repeat('x', 1000) from generate_series(1, 20000)) to stdout`, '\n'),
    );
    await eventually(() => expect(stream.readableLength).toBeGreaterThan(0));
    expect(stream.readableLength).toBeLessThan(2_000_000);
    expect((await buffer(stream)).length).toBe(20_000 * 1001);
    expect(stream.rowCount).toBe(20_000);
  });

  it('fails with the error of Postgres, also after rows were sent, and leaves the connection usable', async () => {
    await expect(copied('copy (select 1 / (3 - n) from generate_series(1, 5) n) to stdout')).rejects.toMatchObject({
      code: '22012',
    });
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
