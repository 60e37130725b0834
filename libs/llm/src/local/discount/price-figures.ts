import { quantitiesIn, type Quantity } from '../language/quantities.js';

/** Words behind a number that count nothing: "200 off", "2.90 a meal", "fifteen is". */
const functionWords = new Set(
  'off without before but either then a an per each less more down to from instead on for and or then now if is was would with at in by as so the that this but we you i it because cheaper lower every all about over under net flat once when off-list discount rebate reduction credit'.split(
    ' ',
  ),
);

/** Whether nothing is counted by a number: it stands for itself, maybe for a sum or a share. */
export const isBare = ({ kind, unit }: Quantity): boolean =>
  kind === 'NUMBER' && (unit === null || functionWords.has(unit));

/** The hundredth part of a currency, with the currency where there is only one. */
const subunits: ReadonlyMap<string, string | null> = new Map([
  ['pence', 'GBP'],
  ['p', 'GBP'],
  ['cent', null],
  ['cents', null],
  ['ct', null],
]);

const toCents = (value: number): number => Math.round(value * 100) / 100;

/** "Twelve pence", "12p", "ten cents" as money. */
function inSubunits(text: string, quantity: Quantity): Quantity | undefined {
  const behind = /^[ -]?(pence|cents?|ct|p)(?![\p{L}\p{N}])/iu.exec(text.slice(quantity.end, quantity.end + 8));
  const currency = subunits.get(behind?.[1]?.toLowerCase() ?? '');
  if (quantity.kind !== 'NUMBER' || behind === null || currency === undefined) return undefined;
  const end = quantity.end + behind[0].length;
  return { ...quantity, kind: 'MONEY', value: toCents(quantity.value / 100), currency, unit: null, end };
}

/** "Two pounds forty", which reads as two sums that share a word. */
function withSubunits(left: Quantity | undefined, right: Quantity): Quantity | undefined {
  const isPair = left?.kind === 'MONEY' && right.kind === 'MONEY' && right.start < left.end;
  if (!isPair || !Number.isInteger(left.value) || right.value >= 100) return undefined;
  return { ...right, value: toCents(left.value + right.value / 100), start: left.start };
}

const isSpoken = (text: string, { start, end }: Quantity): boolean => /^[\p{L} -]+$/u.test(text.slice(start, end));

/** Whether two numbers are said in words, one right behind the other. */
const isSpokenPair = (text: string, left: Quantity | undefined, right: Quantity): left is Quantity =>
  left?.kind === 'NUMBER' &&
  (right.kind === 'NUMBER' || right.kind === 'MONEY') &&
  /^[ -]$/.test(text.slice(left.end, right.start)) &&
  isSpoken(text, left) &&
  isSpoken(text, right);

/** "Two ten", "eleven fifty", "three fifty-six forty": prices said in words leave out hundreds and currency. */
function withHundreds(text: string, left: Quantity | undefined, right: Quantity): Quantity | undefined {
  if (!isSpokenPair(text, left, right) || right.value < 10 || right.value >= 100) return undefined;
  if (left.value < 1 || left.value === 20 || left.value % 100 === 0) return undefined;
  const value = left.value < 100 ? left.value * 100 + right.value : toCents(left.value + right.value / 100);
  return { ...right, value, start: left.start };
}

/** The figures of a sentence that speaks of prices: sums in parts of a currency are read as one. */
export function priceFiguresIn(text: string): Quantity[] {
  const found: Quantity[] = [];
  for (const quantity of quantitiesIn(text)) {
    const whole = withSubunits(found.at(-1), quantity) ?? withHundreds(text, found.at(-1), quantity);
    if (whole !== undefined) found.pop();
    found.push(whole ?? inSubunits(text, quantity) ?? quantity);
  }
  return found;
}
