import { describe, expect, it } from '@jest/globals';
import { bucketOf, buckets, startOf } from './calendar.js';
import { differences } from './compare.js';
import { oracleFigures } from './figures.js';
import { History } from './history.js';
import { median } from './statistics.js';

describe('the oracle, by hand', () => {
  it('knows what something was at a time, also where times go backwards', () => {
    const history = new History(10, 'a');
    history.push(20, 'b');
    history.push(20, 'c');
    history.push(15, 'd');
    expect([9, 10, 14, 19, 20].map((time) => history.asOf(time))).toEqual([undefined, 'a', 'a', 'a', 'd']);
    expect(history.now).toBe('d');
  });

  it('puts instants into the days, weeks and months of a zone', () => {
    const newYear = Date.parse('2026-12-31T23:30:00Z');
    expect(bucketOf(newYear, 'DAY', 'UTC')).toBe('2026-12-31');
    expect(bucketOf(newYear, 'MONTH', 'Europe/Berlin')).toBe('2027-01-01');
    expect(bucketOf(newYear, 'WEEK', 'Europe/Berlin')).toBe('2026-12-28');
    expect(buckets(newYear, newYear + 86_400_000 * 40, 'MONTH', 'UTC')).toEqual([
      ...['2026-12-01', '2027-01-01', '2027-02-01'],
    ]);
    expect(new Date(startOf('2026-03-29', 'Europe/Berlin')).toISOString()).toBe('2026-03-28T23:00:00.000Z');
    expect(new Date(startOf('2026-07-01', 'Asia/Kathmandu')).toISOString()).toBe('2026-06-30T18:15:00.000Z');
  });

  it('counts what a person would count', () => {
    expect([median([]), median([3, 1]), median([5, 1, 2])]).toEqual([null, 2, 2]);
    const stages = ['a', 'b', 'c'].map((key) => ({ key, name: key, description: '' }));
    const went = (stage: string) => ({ type: 'FUNNEL', stage }) as const;
    const { figures, value } = oracleFigures({ type: 'FUNNEL', stages }, 'YES', ['a', 'b', 'c', 'gone'].map(went));
    expect(figures['stages']).toMatchObject([
      { key: 'a', stopped: 1, reached: 3, conversion: null, share: 0.75, isFormer: false },
      { key: 'b', stopped: 1, reached: 2, conversion: 2 / 3, share: 0.5 },
      { key: 'c', stopped: 1, reached: 1, conversion: 0.5, share: 0.25 },
      { key: 'gone', stopped: 1, reached: null, conversion: null, share: null, isFormer: true },
    ]);
    expect(value).toBe(0.25);
  });

  it('says where two values differ', () => {
    expect(differences({ a: [1, { b: 0.1 + 0.2 }], c: undefined }, { a: [1, { b: 0.3 }] })).toEqual([]);
    expect(differences({ a: [1, 2], b: null }, { a: [1, 3, 4], b: 0 })).toEqual([
      ...['/a/1: 2 instead of 3', '/a/2: undefined instead of 4', '/b: null instead of 0'],
    ]);
  });
});
