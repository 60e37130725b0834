import { describe, expect, it } from '@jest/globals';
import { differencesOf } from './differences.js';
import { differingBuckets } from './digests.js';

describe('comparing two sets of rows', () => {
  it('finds buckets that only one side has, or whose count or digest differs', () => {
    const live = [
      { bucket: 1, rows: 2, digest: '7' },
      { bucket: 2, rows: 2, digest: '7' },
      { bucket: 3, rows: 1, digest: '7' },
      { bucket: 4, rows: 1, digest: '7' },
    ];
    const fresh = [
      { bucket: 1, rows: 2, digest: '7' },
      { bucket: 2, rows: 2, digest: '8' },
      { bucket: 3, rows: 2, digest: '7' },
      { bucket: 5, rows: 1, digest: '7' },
    ];
    expect(differingBuckets(live, fresh)).toEqual([2, 3, 4, 5]);
  });

  it('names rows by key and fields by name, and shows no value', () => {
    const live = new Map([
      ['a', { id: 'a', words: 1, tags: ['x'] }],
      ['b', { id: 'b', words: 1, tags: ['x'] }],
    ]);
    const fresh = new Map([
      ['b', { id: 'b', words: 2, tags: ['x'] }],
      ['c', { id: 'c', words: 1, tags: [] }],
    ]);
    expect(differencesOf('t', ['id'], live, fresh)).toEqual([
      { table: 't', key: { id: 'a' }, kind: 'surplus', fields: [] },
      { table: 't', key: { id: 'b' }, kind: 'changed', fields: ['words'] },
      { table: 't', key: { id: 'c' }, kind: 'missing', fields: [] },
    ]);
  });
});
