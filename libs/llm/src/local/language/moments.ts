import { matchesIn } from './matches.js';
import { quantitiesIn } from './quantities.js';

/** A point in time that somebody named. */
export interface Moment {
  /** DAY is a day of its own; MONTH and PERIOD are longer; CLOCK is a time of day. */
  readonly kind: 'DAY' | 'MONTH' | 'PERIOD' | 'CLOCK';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const weekday = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const month =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)';
/** `may`, `march` and their like are months where they are written as names. */
const monthName = month.replace(/[a-z]+/g, (name) => name.charAt(0).toUpperCase() + name.slice(1));
const ordinal =
  '(?:\\d{1,2}(?:st|nd|rd|th)|(?:twenty[- ]|thirty[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth)';
const year = '(?:,? (?:20\\d\\d|twenty twenty[- ]\\w+))?';
const clockHour = '(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
const count = '(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\\d+|a few|a couple of)';
const span = '(?:days?|weeks?|months?|quarters?|years?)';

/** The longest first: what an earlier pattern took, a later one leaves. */
const patterns: readonly (readonly [Moment['kind'], RegExp])[] = [
  ['DAY', new RegExp(`\\b(?:the )?${ordinal}(?: of)? ${month}\\b${year}`, 'giu')],
  ['DAY', new RegExp(`\\b${month}\\.? (?:the )?(?:${ordinal}|\\d{1,2}\\b(?!:))${year}`, 'giu')],
  ['DAY', new RegExp(`\\b\\d{1,2}\\.? ${month}\\b${year}`, 'giu')],
  ['DAY', /\b20\d\d-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./](?:20)?\d\d\b/gu],
  ['DAY', new RegExp(`\\b(?:next |this |on |last )?${weekday}(?:,? (?:the )?${ordinal})?(?: week)?\\b`, 'giu')],
  [
    'DAY',
    new RegExp(
      `\\bthe ${ordinal}(?! (?:of|time|quarter|half|year|month|week|one|thing|floor|round|party|site|option|point|question|part|is|was))\\b`,
      'giu',
    ),
  ],
  ['DAY', /\b(?:the day after tomorrow|tomorrow|today|tonight|yesterday)\b/giu],
  [
    'CLOCK',
    new RegExp(
      `\\b(?:at|by|from|until|till|around|about|half past|quarter (?:past|to)|before|after) ${clockHour}(?::\\d\\d)?(?: ?[ap]\\.?m\\b\\.?| o'?clock)?(?![\\w%€$£-]| (?:percent|thousand|hundred|million|euros?|dollars?|pounds?|days?|weeks?|months?|years?))`,
      'giu',
    ),
  ],
  [
    'CLOCK',
    new RegExp(
      `\\b${clockHour}(?::\\d\\d)? ?(?:[ap]\\.?m\\b\\.?|o'?clock)|\\b\\d{1,2}:\\d\\d\\b|\\b(?:noon|midday|midnight)\\b`,
      'giu',
    ),
  ],
  ['CLOCK', new RegExp(`\\b${clockHour} in the (?:morning|afternoon|evening)\\b`, 'giu')],
  [
    'PERIOD',
    new RegExp(
      `\\b(?:in|within|over|after) (?:the )?(?:next |last |about |under )?${count} ${span}\\b(?: from now|time)?`,
      'giu',
    ),
  ],
  [
    'PERIOD',
    /\b(?:(?:by |before |at |until )?(?:the )?(?:end|start|beginning|middle) of )?(?:the |this |next |last )?(?:week|month|quarter|year|spring|summer|autumn|fall|winter|season|weekend|q[1-4])\b/giu,
  ],
  ['PERIOD', /\b(?:easter|christmas|new year|ramadan|diwali|thanksgiving|the holidays?)\b/giu],
  [
    'MONTH',
    new RegExp(
      `\\b(?:[Ee]arly |[Mm]id[- ]|[Ll]ate |[Tt]he (?:end|start|beginning|middle) of )?${monthName}\\b${year}`,
      'gu',
    ),
  ],
];

/** Days, times and periods that a text names, in its order; none lies in another. */
export function momentsIn(text: string): Moment[] {
  const found: Moment[] = [];
  const isFree = (start: number, end: number) => found.every((other) => end <= other.start || start >= other.end);
  for (const [kind, pattern] of patterns) {
    for (const match of matchesIn(text, pattern)) {
      const end = match.index + match[0].length;
      if (/^may (?:the )?(?:\w+)$/u.test(match[0])) continue;
      if (isFree(match.index, end)) found.push({ kind, text: match[0], start: match.index, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Whether a text names a calendar date: a day with its month, or the day of a month. */
export const hasCalendarDate = (text: string): boolean =>
  momentsIn(text).some(({ kind, text: words }) => kind === 'DAY' && quantitiesIn(words).length > 0);
