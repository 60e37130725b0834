import { createPace, type ParsedConversation } from '../language/conversation.js';
import { quantitiesIn } from '../language/quantities.js';
import type { Reduction } from './price-reductions.js';
import { sumsIn, type StatedAmount } from './stated-amounts.js';

/** Turns behind a sentence on the reduction in which somebody may work it out. */
const reach = 4;

/** How many pieces may be sold at a price of the project. */
const isCount = (value: number): boolean => Number.isInteger(value) && value >= 2 && value <= 1000;

const whole = (value: number): number => Math.round(value);

/**
 * What a share comes to in money, where somebody worked it out aloud: a sum that is just this share of another sum of
 * the conversation, or that is missing from the price that is left. Linear in the length of the conversation.
 */
export async function shareInMoney(
  { sentences }: ParsedConversation,
  reductions: readonly Reduction[],
  rate: number,
  knowledge = '',
): Promise<StatedAmount | undefined> {
  const pace = createPace();
  const near = new Set<number>();
  for (const { sentence } of reductions) for (let at = 0; at <= reach; at += 1) near.add(sentence.turn + at);
  const shares = new Set(sumsIn(knowledge.slice(0, 20_000)).map(({ value }) => whole((value * rate) / 100)));
  const [spoken, counts]: [StatedAmount[], Set<number>] = [[], new Set()];
  const units = sumsIn(knowledge.slice(0, 20_000)).map(({ value }) => (value * rate) / 100);
  for (const { text, turn } of sentences) {
    await pace();
    const sums = sumsIn(text);
    for (const { kind, value } of quantitiesIn(text)) if (kind === 'NUMBER' && isCount(value)) counts.add(value);
    for (const { value } of sums) {
      shares.add(whole((value * rate) / 100));
      if (rate < 100) shares.add(whole((value * rate) / (100 - rate)));
    }
    if (near.has(turn)) spoken.push(...sums);
  }
  const isOfMany = (sum: number): boolean =>
    units.some((unit) => counts.has(Math.round(sum / unit)) && Math.abs(Math.round(sum / unit) * unit - sum) < 0.01);
  return spoken.findLast(({ value }) => value >= 20 && (shares.has(whole(value)) || isOfMany(value)));
}
