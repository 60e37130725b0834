import { HarmonyError, type ErrorCode, type FieldError } from '@harmony/contracts';
import type { z } from 'zod';

const escapePart = (part: PropertyKey): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

/** RFC 6901 pointer of a path, for instance `/participants/0/email`. */
export const pointerOf = (path: readonly PropertyKey[]): string => path.map((part) => `/${escapePart(part)}`).join('');

/** Enough to see what is wrong; hostile input has millions of fields. */
const maximumErrors = 100;

/**
 * Parses outside data at the edge.
 * @throws HarmonyError INVALID_INPUT, or another code, with a pointer and reason for each field that was refused, at most 100.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  code: ErrorCode = 'INVALID_INPUT',
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new HarmonyError(code, {
    errors: parsed.error.issues.slice(0, maximumErrors).flatMap(fieldErrors).slice(0, maximumErrors),
    cause: parsed.error,
  });
}

/** A property that the schema does not know is named by itself, and not by the object that holds it. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code !== 'unrecognized_keys') return [{ pointer: pointerOf(issue.path), detail: issue.message }];
  return issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), detail: 'No such property is known.' }));
}
