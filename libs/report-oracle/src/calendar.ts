export type Interval = 'DAY' | 'WEEK' | 'MONTH';

const dayMs = 86_400_000;

/** The date on the wall of the zone, as `2026-01-31`. */
const dateOf = (instant: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);

const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The first date of the day, the week from Monday, or the month that an instant is in. */
export function bucketOf(instant: number, interval: Interval, timeZone: string): string {
  const date = dateOf(instant, timeZone);
  if (interval === 'DAY') return date;
  if (interval === 'MONTH') return `${date.slice(0, 7)}-01`;
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return shifted(date, weekday === 0 ? -6 : 1 - weekday);
}

/** All that lie between two instants, both included, without gaps. */
export function buckets(first: number, last: number, interval: Interval, timeZone: string): string[] {
  const all: string[] = [];
  const end = bucketOf(last, interval, timeZone);
  for (let date = bucketOf(first, interval, timeZone); date <= end; date = shifted(date, 1)) {
    const isMonday = new Date(`${date}T00:00:00Z`).getUTCDay() === 1;
    if (interval === 'DAY' || (interval === 'WEEK' ? isMonday : date.endsWith('-01'))) all.push(date);
  }
  return all;
}

/** The first instant of a date in the zone; offsets are whole quarters of an hour. */
export function startOf(date: string, timeZone: string): number {
  const noon = Date.parse(`${date}T12:00:00Z`);
  for (let instant = noon - 30 * 3_600_000; ; instant += 15 * 60_000) {
    if (dateOf(instant, timeZone) >= date) return instant;
  }
}

export function defaultInterval(from: number, to: number): Interval {
  const days = (to - from) / dayMs;
  if (days <= 31) return 'DAY';
  return days <= 182 ? 'WEEK' : 'MONTH';
}
