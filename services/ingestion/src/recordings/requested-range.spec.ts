import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requestedRange, type RequestedRange } from './requested-range.js';

const file = { bytes: 1_000, etag: '"abc"' };
const asked = (range: string | undefined, ifRange?: string): RequestedRange => requestedRange({ range, ifRange }, file);

describe('a requested range', () => {
  it.each<[string, RequestedRange]>([
    ['bytes=0-99', { start: 0, end: 99 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=900-', { start: 900, end: 999 }],
    ['bytes=-1', { start: 999, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes=999-5000', { start: 999, end: 999 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=1000-1001', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=5-2', 'whole'],
    ['bytes=0-9,20-29', 'whole'],
    ['bytes=-', 'whole'],
    ['items=0-9', 'whole'],
    ['nonsense', 'whole'],
  ])('%s is %j', (range, expected) => expect(asked(range)).toEqual(expected));

  it('is the whole when none is asked for', () => expect(asked(undefined)).toBe('whole'));

  it('counts only of the version that the caller has', () => {
    expect(asked('bytes=0-9', '"abc"')).toEqual({ start: 0, end: 9 });
    expect(asked('bytes=0-9', '"other"')).toBe('whole');
    expect(asked('bytes=0-9', 'W/"abc"')).toBe('whole');
    expect(asked('bytes=0-9', 'Sat, 21 Nov 2026 10:00:00 GMT')).toBe('whole');
  });

  it('never reaches beyond the file, whatever is asked for', () => {
    const place = fc.oneof(fc.constant(''), fc.nat().map(String));
    fc.assert(
      fc.property(place, place, fc.nat(2_000), (first, last, bytes) => {
        const found = requestedRange({ range: `bytes=${first}-${last}`, ifRange: undefined }, { ...file, bytes });
        if (typeof found === 'string') return;
        expect(found.start).toBeGreaterThanOrEqual(0);
        expect(found.end).toBeGreaterThanOrEqual(found.start);
        expect(found.end).toBeLessThan(bytes);
      }),
    );
  });
});
