import { eventually } from '@harmony/testing';
import { z } from 'zod';
import { WrongResult } from './bench.js';
import type { RunningHarmony } from './harmony.js';

/** Where, and as whom. */
export type Access = Pick<RunningHarmony, 'url' | 'apiKey'>;

const batchSize = 50;

/** A conversation in the structured format; `key` tells it from the others of a run. */
export interface Importable {
  readonly key: string;
  readonly title: string;
}

const importedSchema = z.object({ refused: z.literal(0) });

const pageSchema = z.object({
  edges: z.array(
    z.object({
      node: z.object({ id: z.string(), title: z.string(), status: z.string(), turnCount: z.number().nullable() }),
    }),
  ),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
type Page = z.output<typeof pageSchema>;
export type ListedConversation = Page['edges'][number]['node'];

/** Imports conversations, batch by batch, under a tag that names the run. */
export async function importAll(harmony: Access, run: string, all: readonly Importable[]): Promise<void> {
  for (let first = 0; first < all.length; first += batchSize) {
    await importBatch(harmony, run, all.slice(first, first + batchSize));
  }
}

/** Waits until every conversation of a run is complete, with errors or without. */
export async function allCompleted(harmony: Access, run: string, conversations: number): Promise<void> {
  const requireAll = async (): Promise<void> => {
    const { edges } = await page(harmony, { tags: run, incomplete: 'true', first: '1' });
    const { length } = edges.length === 0 ? await listed(harmony, run) : [];
    if (length < conversations) throw new WrongResult('Some conversations were never completed.');
  };
  await eventually(requireAll, { withinMs: 1_200_000, everyMs: 100 });
}

/** Every conversation of a run. */
export async function listed(harmony: Access, run: string): Promise<ListedConversation[]> {
  const all: ListedConversation[] = [];
  for (let after: string | null = '', more = true; more;) {
    const { edges, pageInfo }: Page = await page(harmony, { tags: run, first: '100', ...(after && { after }) });
    all.push(...edges.map(({ node }) => node));
    ({ endCursor: after, hasNextPage: more } = pageInfo);
  }
  return all;
}

async function importBatch(harmony: Access, run: string, all: readonly Importable[]): Promise<void> {
  const conversations = all.map((one) => ({ ...one, key: `${run}/${one.key}`, tags: [run] }));
  const response = await fetch(`${harmony.url}/v1/conversations/structured-import`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': harmony.apiKey },
    body: JSON.stringify({ conversations }),
  });
  const answer: unknown = await response.json();
  if (importedSchema.safeParse(answer).success) return;
  throw new WrongResult(`A batch was answered ${response.status}: ${JSON.stringify(answer).slice(0, 500)}`);
}

async function page({ url, apiKey }: Access, query: Record<string, string>): Promise<Page> {
  const response = await fetch(`${url}/v1/conversations?${new URLSearchParams(query).toString()}`, {
    headers: { 'X-API-Key': apiKey },
  });
  if (!response.ok) throw new WrongResult(`A list was answered ${response.status}: ${await response.text()}`);
  return pageSchema.parse(await response.json());
}
