import { newId } from '@harmony/kernel';
import { eventually, type Meeting } from '@harmony/testing';
import { z } from 'zod';
import { assertSame, WrongResult } from '../harness/bench.js';
import type { RunningHarmony } from '../harness/harmony.js';

const batchSize = 50;

const importedSchema = z.object({ refused: z.literal(0) });

const pageSchema = z.object({
  edges: z.array(z.object({ node: z.object({ title: z.string(), turnCount: z.number().nullable() }) })),
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
});
type Page = z.output<typeof pageSchema>;

/**
 * Imports every meeting, batch by batch, and waits until the last one can be read.
 * @returns turns a second; every conversation must have as many turns as its meeting.
 */
export async function importMeetings(harmony: RunningHarmony, meetings: readonly Meeting[]): Promise<number> {
  const run = newId();
  const start = performance.now();
  for (let first = 0; first < meetings.length; first += batchSize) {
    await importBatch(harmony, run, meetings.slice(first, first + batchSize));
  }
  await eventually(() => requireComplete(harmony, run, meetings.length), { withinMs: 600_000, everyMs: 50 });
  const seconds = (performance.now() - start) / 1000;
  const expected = new Map(meetings.map(({ title, turns }) => [title, turns.length]));
  assertSame('turns of each conversation', [...(await turnCounts(harmony, run))].sort(), [...expected].sort());
  return meetings.reduce((sum, { turns }) => sum + turns.length, 0) / seconds;
}

async function requireComplete(harmony: RunningHarmony, run: string, conversations: number): Promise<void> {
  const { edges } = await list(harmony, { tags: run, incomplete: 'true', first: '1' });
  const { size } = edges.length === 0 ? await turnCounts(harmony, run) : new Map();
  if (size < conversations) throw new WrongResult('Some conversations were never completed.');
}

async function importBatch(harmony: RunningHarmony, run: string, meetings: readonly Meeting[]): Promise<void> {
  const conversations = meetings.map((meeting) => ({ ...meeting, key: `${run}/${meeting.key}`, tags: [run] }));
  const response = await fetch(`${harmony.url}/v1/conversations/structured-import`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': harmony.apiKey },
    body: JSON.stringify({ conversations }),
  });
  const answer: unknown = await response.json();
  if (!importedSchema.safeParse(answer).success) throw new WrongResult(`A batch was answered ${response.status}.`);
}

async function turnCounts(harmony: RunningHarmony, run: string): Promise<Map<string, number | null>> {
  const counts = new Map<string, number | null>();
  for (let after: string | null = '', more = true; more;) {
    const page: Page = await list(harmony, { tags: run, first: '100', ...(after && { after }) });
    for (const { node } of page.edges) counts.set(node.title, node.turnCount);
    ({ endCursor: after, hasNextPage: more } = page.pageInfo);
  }
  return counts;
}

async function list({ url, apiKey }: RunningHarmony, query: Record<string, string>): Promise<Page> {
  const response = await fetch(`${url}/v1/conversations?${new URLSearchParams(query).toString()}`, {
    headers: { 'X-API-Key': apiKey },
  });
  if (!response.ok) throw new WrongResult(`A list was answered ${response.status}: ${await response.text()}`);
  return pageSchema.parse(await response.json());
}
