import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { EvaluationError, type ProblemCode } from './problem.js';

/** @throws EvaluationError UNREADABLE */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new EvaluationError('UNREADABLE', file, error instanceof Error ? error.message : String(error));
  }
}

/** @throws EvaluationError INVALID_JSON */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new EvaluationError('INVALID_JSON', file, error instanceof Error ? error.message : String(error));
  }
}

/** @throws EvaluationError with the given code, saying what is wrong and where in the file. */
export function parseAs<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  { file, code, at = '' }: { readonly file: string; readonly code: ProblemCode; readonly at?: string },
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 5);
  const wrong = issues.map(({ path, message }) => `${[at, ...path.map(String)].filter(Boolean).join('/')}: ${message}`);
  throw new EvaluationError(code, file, wrong.join('; '));
}
