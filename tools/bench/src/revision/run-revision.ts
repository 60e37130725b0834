import { eventually } from '@harmony/testing';
import { z } from 'zod';
import { assertSame, WrongResult } from '../harness/bench.js';
import { ask } from '../harness/graphql.js';
import type { Access } from '../harness/import.js';
import { processorSeconds } from '../harness/processor-time.js';

const dayMs = 24 * 60 * 60_000;
const days = 90;

/** Where, as whom, and in which process. */
export type Target = Access & { readonly projectId: string; readonly pid: number };

/** What one revision took. */
export interface Measured {
  readonly conversations: number;
  /** Of which anything is asked; a sample may have stopped asking one of its own. */
  readonly definitions: number;
  readonly asked: number;
  readonly reused: number;
  /** From the request to the end that the API shows. */
  readonly seconds: number;
  /** Of Node. */
  readonly processorSeconds: number;
}

const countsSchema = z.object({ planned: z.number(), failed: z.number(), completedWithErrors: z.number() });
const revisionSchema = z.object({
  revision: z.object({
    outcome: z.string(),
    progress: countsSchema,
    plan: z
      .object({
        conversations: z.number(),
        definitions: z.array(z.object({ reused: z.number(), rerun: z.number(), new: z.number() })),
      })
      .nullable(),
  }),
});

const revisionQuery = `query ($id: ID!) { revision(id: $id) {
  outcome progress { planned failed completedWithErrors }
  plan { conversations definitions { reused rerun new } } } }`;

const listed = z.object({
  revisions: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string(), outcome: z.string() }) })) }),
});

/** Cancels what the sample left under way, of which a project can have only a few. */
export async function cancelUnderWay(target: Target): Promise<void> {
  const query = `query ($projectId: ID!) {
    revisions(projectId: $projectId, first: 100) { edges { node { id outcome } } } }`;
  const { revisions } = await ask(target, query, { projectId: target.projectId }, listed);
  const underWay = revisions.edges.filter(({ node }) => node.outcome === 'PROCESSING');
  const mutation = 'mutation ($id: ID!) { cancelRevision(id: $id) { id } }';
  for (const { node } of underWay) await ask(target, mutation, { id: node.id }, z.unknown());
}

/** Runs a revision over what is complete of the last 90 days. @throws WrongResult unless every cell of its plan is answered. */
export async function runRevision(target: Target, wish: { startStage: string; force: boolean }): Promise<Measured> {
  const now = Date.now();
  const [from, to] = [new Date(now - days * dayMs), new Date(now)];
  const input = { projectId: target.projectId, from, to, statuses: ['COMPLETED', 'COMPLETED_WITH_ERRORS'], ...wish };
  const mutation = 'mutation ($input: RevisionInput!) { createRevision(input: $input) { id } }';
  const [start, spent] = [performance.now(), await processorSeconds(target.pid)];
  const own = await processorSeconds();
  const created = z.object({ createRevision: z.object({ id: z.string() }) });
  const { id } = (await ask(target, mutation, { input }, created)).createRevision;
  const { outcome, plan, progress } = await eventually(() => ended(target, id), { withinMs: 3_600_000, everyMs: 250 });
  const seconds = (performance.now() - start) / 1_000;
  const spentNow = (await processorSeconds(target.pid)) - spent - ((await processorSeconds()) - own);
  assertSame('outcome of the revision', outcome, 'COMPLETED');
  assertSame('conversations of the revision', progress, {
    planned: plan.conversations,
    failed: 0,
    completedWithErrors: 0,
  });
  const askedOf = plan.definitions.map(({ rerun, new: first }) => rerun + first);
  const asked = askedOf.reduce((sum, cells) => sum + cells, 0);
  const reused = plan.definitions.reduce((sum, one) => sum + one.reused, 0);
  const definitions = askedOf.filter((cells) => cells > 0).length;
  return { conversations: plan.conversations, definitions, asked, reused, seconds, processorSeconds: spentNow };
}

async function ended(target: Target, id: string) {
  const { revision } = await ask(target, revisionQuery, { id }, revisionSchema);
  if (revision.outcome === 'PROCESSING') throw new WrongResult('The revision never ended.');
  if (!revision.plan) throw new WrongResult(`The revision ended as ${revision.outcome}, without a plan.`);
  return { ...revision, plan: revision.plan };
}

/** Changes what one definition of the project means, so that its answers do not hold any more. */
export async function changeOneDefinition(target: Target, context: string): Promise<void> {
  const { projectId } = target;
  const project = z.object({
    project: z.object({ definitions: z.array(z.object({ id: z.string(), isActive: z.boolean() })) }),
  });
  const query = 'query ($projectId: ID!) { project(id: $projectId) { definitions { id isActive } } }';
  const { definitions } = (await ask(target, query, { projectId }, project)).project;
  const definitionId = definitions.find(({ isActive }) => isActive)?.id;
  const mutation = `mutation ($projectId: ID!, $definitionId: ID!, $input: ChangeDefinitionInput!) {
    changeDefinition(projectId: $projectId, definitionId: $definitionId, input: $input) { change } }`;
  await ask(target, mutation, { projectId, definitionId, input: { context } }, z.unknown());
}
