import { z } from 'zod';
import { WrongResult, type Bench, type BenchOptions } from '../harness/bench.js';
import { ask } from '../harness/graphql.js';
import { growthWhile } from '../harness/resident-memory.js';
import { withTwoRevisions, type TwoRevisions } from '../make-live/with-two-revisions.js';

const limits = { summaryMs: 5_000, pageMs: 100 };

const summary = `query ($id: ID!) { reviewRevision(revisionId: $id) {
  compared changed added removed affected failed conversations { processed }
  volatility { rating interval { low high } } recommendation { sentence } causes { cause cells }
  definitions { definition { id } compared changed added removed volatility { rating } } } }`;

const page = `query ($id: ID!, $after: String) { revisionChanges(revisionId: $id, first: 25, after: $after) {
  pageInfo { endCursor hasNextPage }
  edges { node { kind before { rationale evidence { quote } } after { rationale evidence { quote } } } } } }`;

const summarySchema = z.object({ reviewRevision: z.object({ compared: z.int(), changed: z.int() }) });
const pageSchema = z.object({
  revisionChanges: z.object({
    pageInfo: z.object({ endCursor: z.string().nullable(), hasNextPage: z.boolean() }),
    edges: z.array(z.object({ node: z.object({ kind: z.string() }) })),
  }),
});

/** A revision of everything is compared with what is in force: the figures, and page after page of what changed. */
export const reviewBench: Bench = {
  title: 'the review of a revision of 100,000 conversations and ten definitions: its figures, and pages of its rows',
  run: (options) =>
    withTwoRevisions(options, async (revisions) => ({
      ...{ comparisons: [], facts: { ...revisions.facts }, ...(await measure(revisions, options)) },
      checks: ['every row of a list of changes is a change'],
    })),
};

async function measure({ gateway, pid, revisionIds: [id] }: TwoRevisions, { quick }: BenchOptions) {
  const [summaries, pages, grew]: [number[], number[], number[]] = [[], [], []];
  let compared = 0;
  for (let round = 0; round < (quick ? 2 : 5); round += 1) {
    const { result, grewMiB } = await growthWhile(pid, () =>
      timed(summaries, () => ask(gateway, summary, { id }, summarySchema)),
    );
    compared = result.reviewRevision.compared;
    grew.push(grewMiB ?? 0);
  }
  let after: string | null = null;
  for (let number = 0; number < (quick ? 3 : 50); number += 1) {
    const variables: Record<string, unknown> = { id, after };
    const { revisionChanges } = await timed(pages, () => ask(gateway, page, variables, pageSchema));
    if (revisionChanges.edges.some(({ node }) => node.kind !== 'CHANGED')) throw new WrongResult('A row is no change.');
    after = revisionChanges.pageInfo.endCursor;
    if (!revisionChanges.pageInfo.hasNextPage) break;
  }
  const workload = `${compared.toLocaleString('en')} compared results`;
  return {
    figures: [
      { workload, what: 'the figures', unit: 'ms', values: summaries, limit: limits.summaryMs },
      { workload, what: 'growth of resident memory meanwhile', unit: 'MiB', values: grew },
      { workload, what: 'a page of 25 changes', unit: 'ms', values: pages, limit: limits.pageMs },
    ],
  };
}

async function timed<Result>(times: number[], work: () => Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work();
  times.push(performance.now() - start);
  return result;
}
