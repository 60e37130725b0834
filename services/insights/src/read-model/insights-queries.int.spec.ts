import type { Principal } from '@harmony/access';
import { noUsage, streams, type Eligibility, type EventDataOf } from '@harmony/contracts';
import { fact, newId, type Fact } from '@harmony/kernel';
import { verify } from '@harmony/read-model';
import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { resultsProjection } from '../projections/results.projection.js';
import { startProjects, type RunningProjects, type SampleWorkspace } from '../testing/running-projects.js';
import { conversationFacts, projectFacts, yesNo, type BuiltProject } from '../testing/samples.js';
import { InsightsQueries } from './insights-queries.js';

jest.setTimeout(60_000);

let system: RunningProjects;
let queries: InsightsQueries;
let workspace: SampleWorkspace;
let projects: BuiltProject[];
let conversationId: string;
const revisionId = newId();

beforeAll(async () => {
  system = await startProjects();
  queries = new InsightsQueries(system.backends.database.scoped);
}, 120_000);
afterAll(() => system?.close(), 120_000);

beforeEach(async () => {
  workspace = await system.newWorkspace();
  projects = [0, 1].map(() => projectFacts({ teamIds: [workspace.sales], questions: [yesNo('A?')] }));
  for (const { id, facts } of projects) await append(streams.project(id), facts);
  conversationId = newId();
  const facts = conversationFacts(conversationId, { teamId: workspace.sales });
  await append(streams.conversation(conversationId), facts);
});

const append = async (stream: string, facts: readonly Fact[]): Promise<void> => {
  const position = await system.append(workspace.id, stream, facts);
  const { progress } = system.backends;
  await progress.waitFor('insights.projects', position, 20_000);
  await progress.waitFor(resultsProjection.name, position, 20_000);
};

/** A run with one answered cell in each of the projects that it finds eligible. */
async function run(rationale: string, more: Partial<EventDataOf<'InsightsRunStarted'>> = {}): Promise<string> {
  const runId = newId();
  const eligibility: Eligibility[] =
    more.eligibility ??
    projects.map(({ id: projectId }) => ({ projectId, eligible: true, isTeamAssigned: true, criteria: [] }));
  const cells = projects
    .filter(({ id }) => eligibility.some(({ projectId, eligible }) => eligible && projectId === id))
    .map(({ id, definitionIds: [definitionId = ''] }) => ({ projectId: id, definitionId, definitionVersion: 1 }));
  const evidence = [
    { quote: 'Hello', turn: 0, start: 0, end: 5, startInTurn: 0, startMs: null, endMs: null, part: null },
  ];
  const origin = { engine: 'local', model: 'local', parameters: {}, templateVersion: '1' };
  await append(streams.insights(conversationId), [
    fact('InsightsRunStarted', {
      ...{ conversationId, runId, kind: 'PIPELINE', revisionId: null, transcriptVersion: 1, extractionVersion: 1 },
      ...{ ...more, eligibility, cells },
    }),
    ...cells.map((cell) =>
      fact('InsightRecorded', {
        ...{ conversationId, runId, ...cell, resultId: newId(), identity: 'a'.repeat(64), origin },
        finding: {
          ...{ outcome: 'ANSWERED', answer: { type: 'YES_NO', answer: 'YES' }, rationale, confidence: 1 },
          ...{ evidence, searched: [{ from: 0, to: 1 }] },
        },
        ...{ usage: noUsage, durationMs: 1 },
      }),
    ),
  ]);
  return runId;
}

const revisionOf = ({ id: projectId }: BuiltProject): Partial<EventDataOf<'InsightsRunStarted'>> => ({
  ...{ kind: 'REVISION', revisionId },
  eligibility: [{ projectId, eligible: true, isTeamAssigned: true, criteria: [] }],
});

const makeLive = ({ id: projectId }: BuiltProject): Promise<void> =>
  append(streams.revisions(projectId), [
    fact('RevisionMadeLive', { revisionId, projectId, supersededRevisionId: null }),
  ]);

const rollBack = ({ id: projectId }: BuiltProject, madeLiveAt: number): Promise<void> =>
  append(streams.revisions(projectId), [
    fact('RevisionRolledBack', { revisionId, projectId, madeLiveAt, restoredRevisionId: null }),
  ]);

/** What each project shows, in their order. */
async function shown(reader: Principal = workspace.admin): Promise<(readonly string[])[]> {
  const view = await queries.ofConversation(reader, conversationId);
  return projects.map(({ id }) => {
    const project = view?.projects.find(({ projectId }) => projectId === id);
    return project?.results.map(({ rationale }) => `${project.run.kind}: ${rationale ?? ''}`) ?? [];
  });
}

it('each project shows the run that is in force there, and a revision once it is live', async () => {
  expect(await queries.ofConversation(workspace.admin, conversationId)).toBeNull();
  const [revised] = projects;
  if (!revised) throw new Error('There are two projects.');
  await run('first');
  await run('again', revisionOf(revised));
  expect(await shown()).toEqual([['PIPELINE: first'], ['PIPELINE: first']]);
  await makeLive(revised);
  expect(await shown()).toEqual([['REVISION: again'], ['PIPELINE: first']]);
  await run('newer');
  expect(await shown()).toEqual([['PIPELINE: newer'], ['PIPELINE: newer']]);
  // Making the same revision live again puts its runs in force again.
  await makeLive(revised);
  expect(await shown(workspace.salesManager)).toEqual([['REVISION: again'], ['PIPELINE: newer']]);
  const view = await queries.ofConversation(workspace.admin, conversationId);
  expect(view?.run).toMatchObject({ kind: 'REVISION', revisionId });
  expect(view?.projects[0]?.results[0]).toMatchObject({ evidence: [{ quote: 'Hello' }], analyst: { isLocal: true } });
  await rollBack(revised, 1);
  expect(await shown()).toEqual([['PIPELINE: newer'], ['PIPELINE: newer']]);
});

it('a revision that is rolled back leaves what was in force before it', async () => {
  const [revised] = projects;
  if (!revised) throw new Error('There are two projects.');
  await run('first');
  await run('again', revisionOf(revised));
  await makeLive(revised);
  await makeLive(revised);
  await rollBack(revised, 1);
  expect(await shown()).toEqual([['REVISION: again'], ['PIPELINE: first']]);
  await rollBack(revised, 0);
  expect(await shown()).toEqual([['PIPELINE: first'], ['PIPELINE: first']]);
});

it('a project that the newest run leaves out shows nothing', async () => {
  await run('first');
  const [out] = projects;
  await run('second', {
    eligibility: projects.map((project) => ({
      ...{ projectId: project.id, eligible: project !== out, isTeamAssigned: true, criteria: [] },
    })),
  });
  expect(await shown()).toEqual([[], ['PIPELINE: second']]);
});

it('nobody reads what is not theirs, in whatever run it was found', async () => {
  await run('first');
  const refused = { code: 'NOT_FOUND' };
  await expect(shown(workspace.supportManager)).rejects.toMatchObject(refused);
  await expect(shown((await system.newWorkspace()).admin)).rejects.toMatchObject(refused);
  await expect(queries.ofConversation(workspace.admin, newId())).rejects.toMatchObject(refused);
  await expect(queries.ofConversation(workspace.admin, 'nonsense')).rejects.toMatchObject(refused);
});

it('whoever may read a conversation sees what those projects found that they may read', async () => {
  const foreign = projectFacts({ teamIds: [workspace.support], questions: [yesNo('B?')] });
  await append(streams.project(foreign.id), foreign.facts);
  projects = [...projects.slice(0, 1), foreign];
  await run('first');
  expect(await shown(workspace.salesManager)).toEqual([['PIPELINE: first'], []]);
  expect((await queries.ofConversation(workspace.salesManager, conversationId))?.projects).toHaveLength(1);
  expect(await shown()).toEqual([['PIPELINE: first'], ['PIPELINE: first']]);
});

it('what a replay makes is what is shown', async () => {
  const [revised] = projects;
  if (!revised) throw new Error('There are two projects.');
  await run('first');
  await run('again', revisionOf(revised));
  await makeLive(revised);
  const { eventStore: store, database } = system.backends;
  expect(await verify(resultsProjection, { store, database })).toMatchObject({ differences: 0 });
  expect(await shown()).toEqual([['REVISION: again'], ['PIPELINE: first']]);
});
