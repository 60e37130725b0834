import { HarmonyError } from '@harmony/contracts';
import type { TrendInterval } from './display.js';

const dayMs = 86_400_000;

/** A day of the calendar, as the time at which it begins in UTC. */
type LocalDay = number;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const numeric = 'numeric' as const;
  const formatter = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23' },
    ...{ year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric },
  });
  formatters.set(timeZone, formatter);
  return formatter;
}

/** What clocks in the zone show at an instant, as if they were in UTC; whole seconds. */
function localTime(instant: number, timeZone: string): number {
  const seconds = Math.floor(instant / 1000) * 1000;
  if (timeZone === 'UTC') return seconds;
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(seconds)
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
}

/** The first instant of a day in the zone, which is not midnight where clocks are put forward then. */
function startOfDay(day: LocalDay, timeZone: string): number {
  if (timeZone === 'UTC') return day;
  // Zones are at most 15 hours off; the day begins where the local time passes midnight.
  let [before, after] = [day - 16 * 3_600_000, day + 16 * 3_600_000];
  const guess = day - (localTime(day, timeZone) - day);
  if (localTime(guess, timeZone) === day && localTime(guess - 1000, timeZone) < day) return guess;
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (localTime(middle, timeZone) >= day) after = middle;
    else before = middle;
  }
  return after;
}

function firstDayOf(interval: TrendInterval, instant: number, timeZone: string): LocalDay {
  const day = Math.floor(localTime(instant, timeZone) / dayMs) * dayMs;
  const date = new Date(day);
  if (interval === 'MONTH') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  return interval === 'WEEK' ? day - sinceMonday * dayMs : day;
}

function nextDay(interval: TrendInterval, day: LocalDay): LocalDay {
  if (interval === 'DAY') return day + dayMs;
  if (interval === 'WEEK') return day + 7 * dayMs;
  const date = new Date(day);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** Points of a trend at most. */
export const maximumPoints = 400;

export interface TrendRequest {
  /** Milliseconds since 1970: the first instant that is shown, and the first behind all that is shown. */
  readonly from: number;
  readonly to: number;
  /** Null: by the length of the range. */
  readonly interval: TrendInterval | null;
  readonly timeZone: string;
}

/** The points of a trend: where each begins, the earliest first. */
export interface TrendPoints {
  readonly interval: TrendInterval;
  readonly starts: Float64Array;
}

function defaultInterval({ from, to }: TrendRequest): TrendInterval {
  const days = (to - from) / dayMs;
  if (days <= 31) return 'DAY';
  return days <= 182 ? 'WEEK' : 'MONTH';
}

/**
 * Days, weeks from Monday or months of the zone that cover a range, also empty ones. The first holds `from` and may
 * begin before it. An interval that nobody asked for shows the last {@link maximumPoints} of a longer range.
 * @throws HarmonyError INVALID_INPUT when the interval asked for makes more points than that.
 */
export function trendPoints(request: TrendRequest): TrendPoints {
  const { to, timeZone } = request;
  const interval = request.interval ?? defaultInterval(request);
  const days: LocalDay[] = [];
  const last = firstDayOf(interval, to - 1, timeZone);
  for (let day = firstDayOf(interval, earliest(request, interval), timeZone); day <= last;) {
    days.push(day);
    if (request.interval !== null && days.length > maximumPoints) throw tooMany(interval);
    day = nextDay(interval, day);
  }
  const starts = days.slice(-maximumPoints).map((day) => startOfDay(day, timeZone));
  // Where a zone crossed the date line a day never was: it would begin when the next one does.
  return { interval, starts: Float64Array.from(starts.filter((start, index) => start !== starts[index + 1])) };
}

/** Nobody waits for points that are not shown, however long the range is. */
const earliest = ({ from, to, interval }: TrendRequest, chosen: TrendInterval): number =>
  interval === null && chosen === 'MONTH' ? Math.max(from, to - (maximumPoints + 1) * 31 * dayMs) : from;

const tooMany = (interval: TrendInterval): HarmonyError =>
  new HarmonyError('INVALID_INPUT', {
    errors: [
      {
        pointer: '/display/interval',
        detail: `The range has more than ${maximumPoints} points by ${interval}. Choose a longer interval or a shorter range.`,
      },
    ],
  });
