import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WrongResult } from '../harness/bench.js';
import type { ReportFilter } from './hand-written.js';

/** As the console asks. */
const document = await readFile(
  join(import.meta.dirname, '../../../../contracts/graphql/operations/project-report.graphql'),
  'utf8',
);

const answerSchema = z.object({
  data: z.object({
    projectReport: z.object({
      conversations: z.number(),
      cards: z.array(z.object({ definitionId: z.string(), counts: z.object({ answered: z.number() }) })),
    }),
  }),
});

export interface Gateway {
  readonly url: string;
  readonly apiKey: string;
  readonly projectId: string;
}

/** The answer as it came over HTTP. @throws WrongResult for a refusal. */
export async function askReport({ url, apiKey, projectId }: Gateway, filter: ReportFilter): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-API-Key': apiKey },
    body: JSON.stringify({ query: document, variables: { projectId, filter, display: { interval: 'WEEK' } } }),
  });
  const text = await response.text();
  if (!response.ok || text.startsWith('{"errors"')) throw new WrongResult(`${response.status}: ${text.slice(0, 500)}`);
  return text;
}

/** How many answers each definition has. */
export function answeredIn(text: string): Map<string, number> {
  const { cards } = answerSchema.parse(JSON.parse(text)).data.projectReport;
  return new Map(cards.map(({ definitionId, counts }) => [definitionId, counts.answered]));
}
