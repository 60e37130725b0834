import { hasCalendarDate, momentsIn } from '../language/moments.js';
import { quantitiesIn, type Quantity } from '../language/quantities.js';

/** A number that is compared: "longer than one year", "at least ten percent". */
export interface Comparison {
  readonly kind: 'COMPARISON';
  readonly operator: 'MORE' | 'LESS' | 'AT_LEAST' | 'AT_MOST';
  readonly value: number;
  readonly measure: Measure;
}

/** What has to be said for an answer to count. */
export type Requirement =
  | { readonly kind: 'FIGURE' | 'MONEY' | 'PERCENT' | 'DAY' | 'CALENDAR_DATE' | 'TIME' | 'AT_END' | 'AT_START' }
  | Comparison;

type Measure = 'MONTHS' | 'MONEY' | 'PERCENT' | 'NUMBER';

const patterns: readonly (readonly [Exclude<Requirement['kind'], 'COMPARISON'>, RegExp])[] = [
  ['CALENDAR_DATE', /\bcalendar date\b|\bexact date\b|\bdate and month\b/iu],
  [
    'DAY',
    /\b(?:specific|named|fixed|exact|concrete|certain|definite|agreed|particular|set) (?:\w+ )?(?:day|date|weekday|appointment)\b|\bon (?:what|which) (?:day|date)\b|\bday (?:and|or) (?:time|date|hour)\b|\bdate and time\b|\bwith a (?:date|day)\b|\bby name of the day\b|\bdated\b/iu,
  ],
  [
    'TIME',
    /\bwhen\b|\btime ?(?:line|frame|scale)\b|\bdeadline\b|\b(?:start|move-in|go-live|target|delivery|launch|completion|installation|event|wedding|opening) date\b|\bby what (?:time|date)\b|\b(?:certain|fixed|hard|firm|given) (?:time|date|deadline)\b/iu,
  ],
  ['PERCENT', /\bpercentage\b|\bper ?cent\b/iu],
  [
    'MONEY',
    /\bamount of money\b|\bin (?:euros?|dollars?|pounds?|money)\b|\bmoney amount\b|\bsum of money\b|\bmonetary\b/iu,
  ],
  [
    'FIGURE',
    /\bas an? (?:figure|number|amount)\b|\bfigures?\b|\bhow (?:many|much)\b|\bthe (?:number|amount|size|total|quantity) of\b|\bwith (?:a |an? concrete )?(?:number|figure|amount)s?\b|\bmeasurable\b|\bquantif\w+|\bin numbers\b|\ba number\b|\bspending limit\b|\bas an amount\b|\bnumeric\w*/iu,
  ],
  ['AT_END', /\b(?:before|at|towards?|by) the (?:end|close|conclusion)\b|\bclosing\b|\bwraps? up\b/iu],
  [
    'AT_START',
    /\bat the (?:start|beginning|outset|opening)\b|\bin the (?:opening|beginning)\b|\bopens? the\b|\bfirst (?:minutes?|turns?)\b/iu,
  ],
];

const comparison =
  /\b(more|longer|greater|higher|larger|bigger|over|above|exceeding|less|shorter|lower|fewer|under|below|at least|at most|up to|no more|minimum of|maximum of)(?: than| of)?\s+([^,.;?]{1,40})/iu;

const operators: readonly (readonly [Comparison['operator'], RegExp])[] = [
  ['AT_LEAST', /at least|minimum/iu],
  ['AT_MOST', /at most|up to|no more|maximum/iu],
  ['LESS', /less|shorter|lower|fewer|under|below/iu],
  ['MORE', /./u],
];

const monthsByUnit: ReadonlyMap<string, number> = new Map([
  ['day', 1 / 30],
  ['days', 1 / 30],
  ['week', 1 / 4.35],
  ['weeks', 1 / 4.35],
  ['month', 1],
  ['months', 1],
  ['year', 12],
  ['years', 12],
]);

interface Measured {
  readonly measure: Measure;
  readonly value: number;
}

/** What a number measures, in one unit of its kind. */
function measureOf({ kind, value, unit }: Quantity): Measured {
  const months = monthsByUnit.get(unit ?? '');
  if (months !== undefined) return { measure: 'MONTHS', value: value * months };
  return { measure: kind === 'MONEY' || kind === 'PERCENT' ? kind : 'NUMBER', value };
}

function comparisonOf(text: string): Comparison[] {
  const match = comparison.exec(text);
  const [quantity] = quantitiesIn((match?.[2] ?? '').replace(/^an? (?=year|month|week)/iu, 'one '));
  if (match === null || quantity === undefined || measureOf(quantity).measure === 'NUMBER') return [];
  const operator = operators.find(([, pattern]) => pattern.test(match[1] ?? ''))?.[0] ?? 'MORE';
  return [{ kind: 'COMPARISON', operator, ...measureOf(quantity) }];
}

/** "names the total price", "the price is stated": what is named has a figure; and what is dated has a time. */
const naming =
  /\b(?:names?|named|states?|stated|quotes?|quoted|gives?|given|specif\w+|mentions? (?:a|an|the|their) (?:exact|total|concrete)|discloses?|tells?|known|is clear|established)\b/iu;
const priced = /\b(?:price|fee|cost|budget|rent|premium|rate|amount|salary|deposit|discount|spending limit)\b/iu;
const dated = /\b(?:date|deadline)\b/iu;

function impliedBy(text: string): Requirement[] {
  if (!naming.test(text) && !/\b(?:agreed|set|fixed|confirmed)\b/iu.test(text)) return [];
  if (dated.test(text)) return [{ kind: 'TIME' }];
  return naming.test(text) && priced.test(text) ? [{ kind: 'FIGURE' }] : [];
}

/** What a question or an item requires to be said, beyond its topic. */
export function requirementsOf(text: string): Requirement[] {
  const plain = patterns.filter(([, pattern]) => pattern.test(text)).map(([kind]) => ({ kind }));
  const all = [...plain, ...comparisonOf(text)];
  return all.some(({ kind }) => kind !== 'AT_END' && kind !== 'AT_START') ? all : [...all, ...impliedBy(text)];
}

function compares({ operator, value, measure }: Comparison, quantities: readonly Quantity[]): boolean {
  return quantities.some((quantity) => {
    const found = measureOf(quantity);
    if (found.measure !== measure) return false;
    if (operator === 'MORE') return found.value > value;
    if (operator === 'LESS') return found.value < value;
    return operator === 'AT_LEAST' ? found.value >= value : found.value <= value;
  });
}

/** Whether a text holds what is required; where in the conversation it stands is for others to tell. */
export function isSaid(requirement: Requirement, text: string): boolean {
  switch (requirement.kind) {
    case 'AT_END':
    case 'AT_START':
      return true;
    case 'DAY':
      return momentsIn(text).some(({ kind }) => kind === 'DAY');
    case 'CALENDAR_DATE':
      return hasCalendarDate(text);
    case 'TIME':
      return momentsIn(text).some(({ kind }) => kind !== 'CLOCK');
    case 'COMPARISON':
      return compares(requirement, quantitiesIn(text));
    default:
      return hasFigure(requirement.kind, text);
  }
}

const ofMoney =
  /\b(?:a|per|each) (?:month|year|week|head|person|night|hour|day|piece|unit|square)\b|\b(?:budget|price|pay|costs?|spend|limit|max|all in|fee|rent|quote[ds]?|premium|afford|worth|charge|cheaper|ceiling|deposit|up to|more than|at most|go (?:up )?to|most i can|as far as)\b/iu;
const countable =
  /^(?:days?|weeks?|months?|years?|hours?|minutes?|people|percent|per|times?|staff|sites?|rooms?|users?|o'?clock)$/iu;

/** Prices are often said without their currency: "four hundred a month", "our limit is 250". */
const isLikelyMoney = (text: string, { value, unit, kind }: Quantity): boolean =>
  kind === 'NUMBER' && !countable.test(unit ?? '') && (value >= 1000 || (value >= 20 && ofMoney.test(text)));

function hasFigure(kind: 'FIGURE' | 'MONEY' | 'PERCENT', text: string): boolean {
  const times = momentsIn(text).filter((moment) => moment.kind !== 'PERIOD');
  return quantitiesIn(text)
    .filter(({ start, end }) => times.every((moment) => end <= moment.start || start >= moment.end))
    .some((quantity) => {
      if (quantity.kind === 'ORDINAL') return false;
      if (kind === 'PERCENT') return quantity.kind === 'PERCENT';
      return kind === 'FIGURE' || quantity.kind === 'MONEY' || isLikelyMoney(text, quantity);
    });
}
