import type { Principal } from '@harmony/access';
import { builtInRoles, streams, type Permission } from '@harmony/contracts';
import { lastPosition } from '@harmony/event-store/testing';
import { fact, newId } from '@harmony/kernel';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PlanningRevisions } from '../testing/planning-revisions.js';
import { RunningInsights } from '../testing/running-insights.js';
import { yesNo, type BuiltProject } from '../testing/samples.js';
import { answeredBy, ScriptedAnalyst } from '../testing/scripted-analyst.js';
import { DefinitionQueries } from './definition-queries.js';
import { InsightsQueries } from './insights-queries.js';
import { ResultHistory } from './result-history.js';

jest.setTimeout(120_000);

const analyst = new ScriptedAnalyst();
let system: RunningInsights;
let project: BuiltProject;
let conversationId: string;
let revisionId: string;
beforeAll(async () => {
  system = await RunningInsights.start(analyst);
  const teamId = newId();
  project = await system.newProject({ questions: ['A?', 'B?'].map(yesNo), teamIds: [teamId] });
  conversationId = await system.newConversation({ teamId });
  await system.completed(conversationId);
  analyst.script = (asked) => answeredBy(asked, { type: 'YES_NO', answer: 'NO' });
  const revisions = new PlanningRevisions(system, analyst);
  revisionId = await revisions.request({ projectId: project.id, force: true });
  await system.completed(conversationId, 2);
}, 120_000);
afterAll(() => system?.close(), 120_000);

const reader = (permissions: readonly Permission[] = builtInRoles.admin.permissions): Principal => ({
  ...{ kind: 'USER', id: newId(), userId: newId(), workspaceId: system.workspaceId, teamIds: [] },
  ...{ roleId: builtInRoles.admin.id, permissions: new Set(permissions) },
});

async function historyOf(
  { principal = reader(), definitionId = project.definitionIds[0] ?? '', id = conversationId } = {},
  page = { first: 25, after: null as string | null },
) {
  const { database, progress, access } = system.backends;
  const position = await lastPosition(database.worker);
  for (const projection of ['insights.results', 'insights.projects']) {
    await progress.waitFor(projection, position, 20_000);
  }
  const queries = [new InsightsQueries(database.scoped), new DefinitionQueries(database.scoped)] as const;
  const history = new ResultHistory(...queries, access.directory, database.scoped);
  return history.of(principal, { conversationId: id, definitionId }, page);
}

describe('the history of a result', () => {
  it('is not there without the flag', async () => {
    await expect(historyOf()).rejects.toMatchObject({ code: 'FEATURE_DISABLED' });
    await new PlanningRevisions(system, analyst).enable();
  });

  it('has every run with what it found, newest first, and says which one is in force', async () => {
    const [draft, first] = (await historyOf()).edges.map(({ node }) => node);
    expect(draft).toMatchObject({ run: { kind: 'REVISION', revisionId }, isInForce: false });
    expect(first).toMatchObject({ run: { kind: 'PIPELINE', revisionId: null }, isInForce: true });
    expect(JSON.stringify([draft?.result.answer, first?.result.answer])).toMatch(/NO.*YES/);
    await system.append(streams.revisions(project.id), [
      fact('RevisionMadeLive', { revisionId, projectId: project.id, supersededRevisionId: null }),
    ]);
    expect((await historyOf()).edges.map(({ node }) => node.isInForce)).toEqual([true, false]);
  });

  it('is read page by page', async () => {
    const page = await historyOf({}, { first: 1, after: null });
    expect(page.pageInfo.hasNextPage).toBe(true);
    const rest = await historyOf({}, { first: 1, after: page.pageInfo.endCursor });
    expect(rest.edges.map(({ node }) => node.run.kind)).toEqual(['PIPELINE']);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  it('is for whoever may read the conversation and the project', async () => {
    await expect(historyOf({ id: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(historyOf({ definitionId: newId() })).rejects.toMatchObject({ code: 'UNKNOWN_DEFINITION' });
    const cases: readonly (readonly [Permission[], string])[] = [
      [['projects:read:all'], 'FORBIDDEN'],
      [['projects:read:all', 'conversations:read:own'], 'NOT_FOUND'],
      [['conversations:read:all'], 'FORBIDDEN'],
      [['conversations:read:all', 'projects:read:own'], 'UNKNOWN_DEFINITION'],
    ];
    for (const [permissions, code] of cases) {
      await expect(historyOf({ principal: reader(permissions) })).rejects.toMatchObject({ code });
    }
  });
});
