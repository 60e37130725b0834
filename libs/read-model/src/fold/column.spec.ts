import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseColumn } from './column.js';

const canonical = (ddl: string, value: unknown): unknown => parseColumn('c', ddl).canonical(value);
const refused = (ddl: string, value: unknown): void => {
  expect(() => canonical(ddl, value)).toThrow(`Column c (${ddl}) cannot hold what the fold gave it.`);
};

describe('a column of a projection', () => {
  it('keeps values as Postgres will give them back', () => {
    expect(canonical('uuid', '7C0F1F6E-0A0B-4D6E-9A55-1F0E54F2B001')).toBe('7c0f1f6e-0a0b-4d6e-9a55-1f0e54f2b001');
    expect(canonical('timestamptz not null', '2026-03-01T10:00:00Z')).toBe('2026-03-01T10:00:00.000Z');
    expect(canonical('timestamptz', new Date(0))).toBe('1970-01-01T00:00:00.000Z');
    expect(canonical('jsonb', { at: new Date(0), nothing: undefined })).toEqual({ at: '1970-01-01T00:00:00.000Z' });
    expect(canonical('text[] not null', ['a', null])).toEqual(['a', null]);
    expect(canonical('text', undefined)).toBeNull();
  });

  it('refuses what Postgres would refuse, one step before and after each limit', () => {
    expect(canonical('smallint', 32_767)).toBe(32_767);
    refused('smallint', 32_768);
    expect(canonical('integer', -2_147_483_647)).toBe(-2_147_483_647);
    refused('integer', 2_147_483_648);
    refused('bigint', 2 ** 53);
    refused('integer', 1.5);
    refused('integer', '1');
    refused('double precision', NaN);
    refused('boolean', 'true');
    refused('uuid', 'no id');
    refused('timestamptz', 'soon');
    refused('date', '1 March');
    refused('text', 'a\u0000');
    refused('text', 'half a pair \ud800');
    refused('jsonb', { deep: [{ down: 'a\u0000' }] });
    refused('jsonb', { 'a\ud800': 1 });
    refused('text[]', 'a');
    refused('text[]', ['a', 1]);
    refused('text not null', undefined);
    expect(canonical('jsonb', 'only looks like \\u0000')).toBe('only looks like \\u0000');
  });

  it('changes nothing that it has seen before', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(value !== null && !/\\u0000|\\ud[89a-f]/.test(JSON.stringify(value)));
        const once = canonical('jsonb', value);
        expect(canonical('jsonb', once)).toEqual(once);
      }),
    );
  });

  it('has a type whose values look the same before and after Postgres', () => {
    for (const ddl of ['real', 'numeric(10, 2)', 'timestamp not null', 'varchar(10)', 'toString']) {
      expect(() => parseColumn('c', ddl)).toThrow(`Column c: ${ddl}.`);
    }
  });
});
