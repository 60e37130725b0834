import { z } from 'zod';

/** What a reply says, or what is wrong with it, for the model to read. */
export type Read<Value> = { readonly value: Value } | { readonly problem: string };

const shownProblems = 5;

/** Reads a reply by a schema; models like to put JSON between fences or sentences. */
export function readJson<Value>(content: string, schema: z.ZodType<Value>): Read<Value> {
  const json = jsonIn(content);
  if (json === undefined) return { problem: 'It is no valid JSON.' };
  const parsed = schema.safeParse(json.value);
  if (parsed.success) return { value: parsed.data };
  const problems = parsed.error.issues.slice(0, shownProblems);
  return { problem: problems.map(({ path, message }) => `/${path.join('/')}: ${message}.`).join(' ') };
}

function jsonIn(content: string): { readonly value: unknown } | undefined {
  const [from, to] = [content.indexOf('{'), content.lastIndexOf('}')];
  if (from === -1 || to < from) return undefined;
  try {
    return { value: JSON.parse(content.slice(from, to + 1)) };
  } catch {
    return undefined;
  }
}
