import { describe, expect, it } from '@jest/globals';
import { count, duration, json, table } from './text.js';

describe('what the operator reads', () => {
  it('tells durations in the two units that matter', () => {
    expect([0, 59.4, 59.6, 3_599, 3_600, 7_265].map(duration)).toEqual([
      '0 s',
      '59 s',
      '1 min 0 s',
      '59 min 59 s',
      '1 h 0 min',
      '2 h 1 min',
    ]);
  });

  it('counts one and many', () => {
    expect([count(0, 'row'), count(1, 'row'), count(1_234, 'row')]).toEqual(['0 rows', '1 row', '1,234 rows']);
  });

  it('lines up columns', () => {
    expect(
      table([
        ['A', 'B'],
        ['long', 'x'],
      ]),
    ).toBe('A     B\nlong  x');
  });

  it('writes positions as text, which JSON has no numbers for', () => {
    expect(json({ at: { major: 2n ** 63n, minor: 1n } })).toBe('{"at":"9223372036854775808:1"}');
  });
});
