import { isDeepStrictEqual } from 'node:util';

/** Sums in another order end differently in their last digits. */
const precision = 1e-9;

const isNumber = (value: unknown): value is number => typeof value === 'number';

/**
 * Where two values differ, as paths with what is there and what should be; empty for the same. Properties that are
 * undefined are no properties, and numbers are the same to nine digits.
 */
export function differences(actual: unknown, expected: unknown, path = ''): string[] {
  if (isNumber(actual) && isNumber(expected)) {
    const isClose = Math.abs(actual - expected) <= precision * Math.max(1, Math.abs(expected));
    return isClose ? [] : [`${path}: ${actual} instead of ${expected}`];
  }
  if (isDeepStrictEqual(actual, expected)) return [];
  if (!isObject(actual) || !isObject(expected) || Array.isArray(actual) !== Array.isArray(expected)) {
    return [`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`];
  }
  const names = new Set([...namesIn(actual), ...namesIn(expected)]);
  return [...names].flatMap((name) => differences(actual[name], expected[name], `${path}/${name}`));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const namesIn = (value: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(value).filter((name) => value[name] !== undefined);
