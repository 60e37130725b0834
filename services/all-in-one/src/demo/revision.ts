import { HarmonyError } from '@harmony/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { DemoClient } from './client.js';
import type { SampleChange } from './project.js';
import type { ProjectReport } from './project-report.js';
import { reviewQuery, reviewSchema, type RevisionReview } from './revision-review.js';

const lookEveryMs = 100;
/** A limit for what hangs. */
const looks = 3_000;

const planSchema = z.object({
  conversations: z.number(),
  scopeDigest: z.string(),
  definitions: z.array(
    z.object({
      definitionId: z.string(),
      ...{ reused: z.number(), rerun: z.number(), new: z.number(), outOfScope: z.number() },
    }),
  ),
});
type Plan = z.output<typeof planSchema>;

const stateSchema = z.object({ id: z.string(), outcome: z.string(), stage: z.string() });
type State = z.output<typeof stateSchema>;
const state = 'id outcome stage';

/** What becomes of the past after a definition has changed. */
export interface ShownRevision {
  readonly revisionId: string;
  /** In words, what was changed. */
  readonly change: string;
  /** Absent where an earlier start of the demo executed it. */
  readonly plan?: Pick<Plan, 'conversations'> & { readonly reused: number; readonly asked: number };
  readonly review: RevisionReview;
  readonly before: ProjectReport;
  readonly after: ProjectReport;
}

/**
 * Changes a definition, runs the past of its project again, compares, publishes and makes live: each as far as no
 * earlier start of the demo has done it. Undefined where all of it was done before, and where nothing could be run again.
 */
export async function reviseProject(
  client: DemoClient,
  name: string,
  change: SampleChange,
): Promise<ShownRevision | undefined> {
  const { projectId, ...before } = await client.reportOf(name);
  const flag = 'mutation { setFeatureFlag(flag: "reports-rerun-tab", enabled: true) { flag } }';
  await client.ask(z.unknown(), flag);
  const [latest] = await revisionsOf(client, projectId);
  if (latest?.stage === 'LIVE') return undefined;
  const executed = latest ? { id: latest.id } : await execute(client, projectId, change);
  const { outcome, stage } = await processed(client, executed.id);
  if (!outcome.startsWith('COMPLETED')) return undefined;
  const { reviewRevision: review } = await client.ask(reviewSchema, reviewQuery, { id: executed.id });
  if (stage === 'DRAFT') await press(client, 'publishRevision', executed.id);
  await press(client, 'makeRevisionLive', executed.id);
  const { projectId: _, ...after } = await client.reportOf(name);
  const plan = 'plan' in executed ? { plan: executed.plan } : {};
  return { revisionId: executed.id, change: change.change, ...plan, review, before, after };
}

/** The newest first. */
async function revisionsOf(client: DemoClient, projectId: string): Promise<State[]> {
  const query = `query ($id: ID!) { revisions(projectId: $id, first: 1) { edges { node { ${state} } } } }`;
  const page = z.object({ revisions: z.object({ edges: z.array(z.object({ node: stateSchema })) }) });
  return (await client.ask(page, query, { id: projectId })).revisions.edges.map(({ node }) => node);
}

async function execute(
  client: DemoClient,
  projectId: string,
  { definition, question }: SampleChange,
): Promise<{ readonly id: string; readonly plan: NonNullable<ShownRevision['plan']> }> {
  await changeDefinition(client, projectId, definition, question);
  const input = { projectId, range: 'LAST_30_DAYS', includeCompleted: true };
  const preview = `query ($input: RevisionInput!) { revisionPreview(input: $input) {
    plan { conversations scopeDigest definitions { definitionId reused rerun new outOfScope } } } }`;
  const previewSchema = z.object({ revisionPreview: z.object({ plan: planSchema }) });
  const { plan } = (await client.ask(previewSchema, preview, { input })).revisionPreview;
  const mutation = `mutation ($input: RevisionInput!, $previewed: PreviewedScopeInput) {
    createRevision(input: $input, previewed: $previewed) { ${state} } }`;
  const { conversations, scopeDigest } = plan;
  const variables = { input, previewed: { conversations, scopeDigest } };
  const { id } = (await client.ask(z.object({ createRevision: stateSchema }), mutation, variables)).createRevision;
  const sum = (of: (one: Plan['definitions'][number]) => number): number =>
    plan.definitions.reduce((all, one) => all + of(one), 0);
  return {
    id,
    plan: { conversations, reused: sum(({ reused }) => reused), asked: sum((one) => one.rerun + one.new) },
  };
}

async function changeDefinition(
  client: DemoClient,
  projectId: string,
  title: string,
  question: SampleChange['question'],
): Promise<void> {
  const query = 'query ($id: ID!) { project(id: $id) { definitions { id title } } }';
  const schema = z.object({
    project: z.object({ definitions: z.array(z.object({ id: z.string(), title: z.string() })) }),
  });
  const { definitions } = (await client.ask(schema, query, { id: projectId })).project;
  const definitionId = definitions.find((one) => one.title === title)?.id;
  const mutation = `mutation ($projectId: ID!, $definitionId: ID!, $input: ChangeDefinitionInput!) {
    changeDefinition(projectId: $projectId, definitionId: $definitionId, input: $input) { change } }`;
  await client.ask(z.unknown(), mutation, { projectId, definitionId, input: { question } });
}

/** Waits until it has come to its end. */
async function processed(client: DemoClient, id: string): Promise<State> {
  const query = `query ($id: ID!) { revision(id: $id) { ${state} } }`;
  for (let look = 0; look < looks; look += 1) {
    const { revision } = await client.ask(z.object({ revision: stateSchema }), query, { id });
    if (revision.outcome !== 'PROCESSING') return revision;
    await pause(lookEveryMs);
  }
  throw new HarmonyError('INTERNAL', { detail: 'The revision of the sample project never ended.' });
}

const press = (client: DemoClient, step: 'publishRevision' | 'makeRevisionLive', id: string): Promise<unknown> =>
  client.ask(z.unknown(), `mutation ($id: ID!) { ${step}(id: $id) { ${state} } }`, { id });
