import type { Finding } from '@harmony/contracts';
import { comparable, halfStep, type Comparable } from './comparable.js';

/**
 * Whether two findings about the same definition and conversation are different ones (D5): numbers beyond half a step,
 * categories and yes or no by value, lists as sets, texts normalised. That nobody spoke of it, against an answer, is a
 * change. Symmetric; nothing differs from itself.
 */
export const isChanged = (before: Finding, after: Finding): boolean => differ(comparable(before), comparable(after));

/** The same for what findings are compared by. */
export const differ = (before: Comparable, after: Comparable): boolean =>
  before.key !== after.key || hasMoved(before.number, after.number) || hasMoved(before.amount, after.amount);

function hasMoved(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before !== after;
  return Math.abs(before - after) > halfStep;
}
