import { HarmonyError } from '@harmony/contracts';
import { scrub } from './scrub.js';

/** What a line says of an error: enough to find and class it, nothing of the data that caused it. */
export interface SafeError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: readonly string[];
  readonly cause?: SafeError;
}

/** Messages of the JavaScript engine quote names in the code; everybody else's quote data. */
const quotesCode = (error: Error): boolean => error instanceof TypeError || error instanceof ReferenceError;

/**
 * Takes over named fields only. A message of ours is free of data by its contract; of a foreign one everything between
 * quotation marks is left out, because there drivers and parsers repeat what they were given.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no error was thrown' };
  const ours = error instanceof HarmonyError || quotesCode(error);
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: scrub(ours ? error.message : withoutQuotations(error.message)),
    ...(typeof code === 'string' && /^\w{1,60}$/.test(code) ? { code } : {}),
    ...(depth === 0 ? { stack: framesOf(error) } : {}),
    ...(error.cause !== undefined && depth < 5 ? { cause: safeError(error.cause, depth + 1) } : {}),
  };
}

const withoutQuotations = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/(["'`“”])(?:(?!\1).)*\1?/g, '$1…$1');

/** The first lines of a stack repeat the message; only the places are kept. */
const framesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 20)
    .map((line) => line.trim());
