import { quantitiesIn, type Quantity } from '../language/quantities.js';

/** Words behind a number that count nothing: "200 off", "2.90 a meal", "fifteen is". */
const functionWords = new Set(
  'off a an per each less more down to from instead on for and or then now if is was would with at in by as so the that this but we you i it because cheaper lower every all about over under net flat once when off-list discount rebate reduction credit'.split(
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

/** The figures of a sentence that speaks of prices: sums in parts of a currency are read as one. */
export function priceFiguresIn(text: string): Quantity[] {
  const found: Quantity[] = [];
  for (const quantity of quantitiesIn(text)) {
    const whole = withSubunits(found.at(-1), quantity);
    if (whole !== undefined) found.pop();
    found.push(whole ?? inSubunits(text, quantity) ?? quantity);
  }
  return found;
}
