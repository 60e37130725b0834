import type { CustomFieldFilter } from '@harmony/contracts';
import { folded } from './text.js';

/** Whether the value of a custom field, undefined where it is not set, is what a filter asks for. */
export function matchesField({ operator, value }: CustomFieldFilter, actual: unknown): boolean {
  const isSet = actual !== undefined && actual !== null;
  switch (operator) {
    case 'IS_SET':
      return isSet;
    case 'EQUALS':
      return isSet && contains(actual, value);
    case 'NOT_EQUALS':
      return !isSet || !contains(actual, value);
    case 'AT_LEAST':
      return difference(actual, value) >= 0;
    case 'AT_MOST':
      return difference(actual, value) <= 0;
  }
}

const contains = (actual: unknown, value: unknown): boolean =>
  Array.isArray(actual) ? actual.some((one) => equal(one, value)) : equal(actual, value);

const equal = (left: unknown, right: unknown): boolean =>
  typeof left === 'string' && typeof right === 'string' ? folded(left) === folded(right) : left === right;

/** Numbers with numbers, and dates with dates, whose text has the order of time; NaN for what has no order. */
function difference(actual: unknown, value: unknown): number {
  if (typeof actual === 'number' && typeof value === 'number') return actual - value;
  if (typeof actual !== 'string' || typeof value !== 'string') return NaN;
  return Number(actual > value) - Number(actual < value);
}
