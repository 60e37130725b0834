import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { maximumPoints, trendPoints } from './calendar.js';
import { trendIntervals } from './display.js';

const at = (text: string): number => Date.parse(text);
const starts = (from: string, to: string, interval: (typeof trendIntervals)[number] | null, timeZone = 'UTC') =>
  [...trendPoints({ from: at(from), to: at(to), interval, timeZone }).starts].map((start) =>
    new Date(start).toISOString(),
  );

describe('points of a trend', () => {
  it('are days of the zone, also where clocks are put back or forward', () => {
    expect(starts('2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z', 'DAY', 'Europe/Berlin')).toEqual([
      '2026-03-27T23:00:00.000Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
  });

  it('begin at the first instant of a day whose midnight the clocks leave out', () => {
    const beirut = starts('2024-03-30T12:00:00Z', '2024-03-31T12:00:00Z', 'DAY', 'Asia/Beirut');
    expect(beirut).toEqual(['2024-03-29T22:00:00.000Z', '2024-03-30T22:00:00.000Z']);
  });

  it('leave out a day that never was, since the zone crossed the date line', () => {
    expect(starts('2011-12-29T12:00:00Z', '2011-12-31T12:00:00Z', 'DAY', 'Pacific/Apia')).toEqual([
      '2011-12-29T10:00:00.000Z',
      '2011-12-30T10:00:00.000Z',
      '2011-12-31T10:00:00.000Z',
    ]);
  });

  it('are weeks from Monday and months of the calendar', () => {
    expect(starts('2026-01-01T00:00:00Z', '2026-01-12T00:00:00Z', 'WEEK')).toEqual([
      '2025-12-29T00:00:00.000Z',
      '2026-01-05T00:00:00.000Z',
    ]);
    expect(starts('2025-12-31T00:00:00Z', '2026-02-01T00:00:00.001Z', 'MONTH')).toHaveLength(3);
  });

  it('leave out the day that begins where the range ends', () => {
    expect(starts('2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z', 'DAY')).toHaveLength(2);
  });

  it('are chosen by the length of the range', () => {
    const intervalOf = (to: string) =>
      trendPoints({ from: at('2026-01-01T00:00:00Z'), to: at(to), interval: null, timeZone: 'UTC' }).interval;
    expect(['2026-02-01', '2026-02-02', '2026-07-02', '2026-07-03'].map(intervalOf)).toEqual([
      'DAY',
      'WEEK',
      'WEEK',
      'MONTH',
    ]);
  });

  it('are refused when more are asked for than a trend has, but never when nobody asked', () => {
    expect(() => starts('2016-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'DAY')).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
    expect(starts('2016-01-01T00:00:00Z', '2026-01-01T00:00:00Z', null)).toHaveLength(120);
    const all = starts('1900-01-01T00:00:00Z', '2026-01-01T00:00:00Z', null);
    expect([all.length, all.at(-1)]).toEqual([maximumPoints, '2025-12-01T00:00:00.000Z']);
  });

  it('cover every instant of the range in ascending order, in every zone', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Pacific/Apia',
      'Asia/Kathmandu',
      'Africa/Cairo',
    );
    const instant = fc.integer({ min: at('2005-01-01T00:00:00Z'), max: at('2026-01-01T00:00:00Z') });
    const days = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(zones, instant, days, fc.constantFrom(...trendIntervals), (timeZone, from, length, interval) => {
        const to = from + length * 86_400_000;
        const points = [...trendPoints({ from, to, interval, timeZone }).starts];
        expect(points[0]).toBeLessThanOrEqual(from);
        expect(points.at(-1)).toBeLessThan(to);
        expect(points.every((point, index) => index === 0 || point > points[index - 1]!)).toBe(true);
        for (const point of points) {
          const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric' }).format(point);
          expect(['00', '01']).toContain(time);
        }
      }),
      { numRuns: 50 },
    );
  });
});
