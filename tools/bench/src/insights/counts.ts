import { z } from 'zod';
import { assertSame } from '../harness/bench.js';
import { ask } from '../harness/graphql.js';
import type { RunningHarmony } from '../harness/harmony.js';

const query = `query ($id: ID!) { conversationInsights(conversationId: $id) {
  run { counts { answered notDiscussed failed dropped carriedOver } } } }`;

const answerSchema = z.object({
  conversationInsights: z.object({
    run: z.object({
      counts: z.object({
        answered: z.number(),
        notDiscussed: z.number(),
        failed: z.number(),
        dropped: z.number(),
        carriedOver: z.number(),
      }),
    }),
  }),
});

/** @throws WrongResult unless exactly so many cells of the conversations were settled, none of them by failing. */
export async function requireCells(
  harmony: Pick<RunningHarmony, 'url' | 'apiKey'>,
  conversationIds: readonly string[],
  cells: number,
): Promise<void> {
  const sums = { settled: 0, wrong: 0 };
  for (const id of conversationIds) {
    const { conversationInsights } = await ask(harmony, query, { id }, answerSchema);
    const { answered, notDiscussed, failed, dropped, carriedOver } = conversationInsights.run.counts;
    sums.settled += answered + notDiscussed;
    sums.wrong += failed + dropped + carriedOver;
  }
  assertSame('cells', sums, { settled: cells, wrong: 0 });
}
