import { z } from 'zod';
import { WrongResult } from './bench.js';
import type { RunningHarmony } from './harmony.js';

const answerSchema = z.object({ data: z.unknown(), errors: z.array(z.unknown()).optional() });

/** Asks as the holder of an API key, the one of the demo unless told otherwise. @throws WrongResult for errors. */
export async function ask<Schema extends z.ZodType>(
  { url, apiKey }: Pick<RunningHarmony, 'url' | 'apiKey'>,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': apiKey },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = answerSchema.parse(await response.json());
  if (errors) throw new WrongResult(`GraphQL answered ${JSON.stringify(errors).slice(0, 1_000)}`);
  return schema.parse(data);
}
