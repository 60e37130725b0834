import { HarmonyError, type FieldError } from '@harmony/contracts';
import { z } from 'zod';

const numbers = z.array(z.int()).default([]);
const factsSchema = z.object({ missing: numbers, wrongSize: numbers, parts: numbers });
const mostErrors = 100;

/** The same error, whose part numbers are also told to those who are not shown its facts. */
export function namingParts(error: unknown): unknown {
  if (!(error instanceof HarmonyError)) return error;
  const facts = factsSchema.safeParse(error.facts);
  if (!facts.success) return error;
  const about = (parts: readonly number[], detail: string): FieldError[] =>
    parts.map((number) => ({ pointer: `/parts/${number}`, detail }));
  const { missing, wrongSize, parts } = facts.data;
  const errors = [
    ...about(missing, 'The part is missing.'),
    ...about(wrongSize, 'The part does not have the planned size.'),
    ...about(parts, 'The part does not match its checksum.'),
  ].slice(0, mostErrors);
  if (errors.length === 0) return error;
  return new HarmonyError(error.code, { errors, facts: error.facts, cause: error });
}
