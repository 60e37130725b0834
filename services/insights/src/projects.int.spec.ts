import type { Principal } from '@harmony/access';
import { HarmonyError, streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { verify } from '@harmony/read-model';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DefinitionResolver } from './api/definition.resolver.js';
import { ProjectResolver } from './api/project.resolver.js';
import { RulesResolver } from './api/rules.resolver.js';
import { SettingsResolver } from './api/settings.resolver.js';
import { projectsProjection } from './projections/projects.projection.js';
import { requestBy, startProjects, type RunningProjects, type SampleWorkspace } from './testing/running-projects.js';

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'OK',
    (error: unknown) => (error instanceof HarmonyError ? error.code : `not ours: ${String(error)}`),
  );

const pointersOf = async (work: Promise<unknown>): Promise<string[]> =>
  work.then(
    () => ['accepted'],
    (error: unknown) => (error as HarmonyError).errors.map(({ pointer }) => pointer),
  );

const page = { first: 100 };

describe('projects', () => {
  let app: RunningProjects;
  let home: SampleWorkspace;
  beforeAll(async () => {
    app = await startProjects();
    home = await app.newWorkspace();
  });
  afterAll(() => app.close());

  const projects = () => app.get(ProjectResolver);
  const definitions = () => app.get(DefinitionResolver);
  const rules = () => app.get(RulesResolver);
  const admin = () => requestBy(home.admin);
  const newProject = async (teamIds = [home.sales], by: Principal = home.admin): Promise<string> =>
    (await projects().createProject(requestBy(by), { name: 'Calls', teamIds })).id;
  const ask = async (projectId: string, question = 'Next step?', title = 'Step') =>
    definitions().createDefinition(admin(), projectId, { title, question: { yesNo: { question } } });

  it('are read as they were written, at once', async () => {
    const created = await projects().createProject(admin(), {
      name: ' Discovery calls ',
      language: 'PT-br',
      teamIds: [home.support, home.sales.toUpperCase(), home.sales],
      knowledge: 'We sell harbours.',
    });
    expect(created).toMatchObject({
      ...{ name: 'Discovery calls', language: 'pt-BR', knowledge: 'We sell harbours.', revision: 0 },
      ...{ teamIds: [home.support, home.sales], createdBy: home.admin.userId, criteria: [], goals: [] },
    });
    const changed = await projects().changeProject(admin(), created.id, { name: 'Demos', language: null });
    expect(changed).toMatchObject({ name: 'Demos', language: 'pt-BR', revision: 1 });
    expect(await projects().project(home.admin, created.id.toUpperCase())).toEqual(changed);
    await projects().deleteProject(admin(), created.id);
    expect(await codeOf(projects().project(home.admin, created.id))).toBe('UNKNOWN_PROJECT');
    expect(await codeOf(projects().deleteProject(admin(), created.id))).toBe('UNKNOWN_PROJECT');
  });

  it('record one event for a command however often it is repeated, and none for what is so already', async () => {
    const once = requestBy(home.admin);
    const input = { name: 'Twice', teamIds: [home.sales] };
    const { id } = await projects().createProject(once, input);
    expect((await projects().createProject(once, input)).id).toBe(id);
    const change = requestBy(home.admin);
    await projects().changeProject(change, id, { name: 'New' });
    await projects().changeProject(admin(), id, { name: 'Newer' });
    await projects().changeProject(change, id, { name: 'New' });
    await projects().changeProject(admin(), id, { name: 'Newer', teamIds: [home.sales] });
    const create = requestBy(home.admin);
    const question = { fixed: 'SUMMARY' } as const;
    const first = await definitions().createDefinition(create, id, { title: 'S', question });
    expect((await definitions().createDefinition(create, id, { title: 'S', question })).id).toBe(first.id);
    const edit = requestBy(home.admin);
    const changes = { context: 'Be short.' };
    expect((await definitions().changeDefinition(edit, id, first.id, changes)).change).toBe('NEW_VERSION');
    expect((await definitions().changeDefinition(edit, id, first.id, changes)).change).toBe('NEW_VERSION');
    expect((await definitions().changeDefinition(admin(), id, first.id, changes)).change).toBe('UNCHANGED');
    expect((await app.eventsOf(streams.project(id))).map(({ type }) => type)).toEqual([
      ...['ProjectCreated', 'ProjectChanged', 'ProjectChanged', 'DefinitionCreated', 'DefinitionEdited'],
    ]);
  });

  it('belong to teams of the workspace', async () => {
    const unknown = newId();
    const create = (teamIds: string[]) => projects().createProject(admin(), { name: 'P', teamIds });
    expect(await codeOf(create([home.sales, unknown, 'no id']))).toBe('UNKNOWN_TEAM');
    expect(await pointersOf(create([home.sales, unknown, 'no id']))).toEqual(['/teamIds/1', '/teamIds/2']);
    expect(await pointersOf(create([]))).toEqual(['/teamIds']);
    const id = await newProject();
    expect(await pointersOf(projects().changeProject(admin(), id, { teamIds: [home.sales, unknown] }))).toEqual([
      '/teamIds/1',
    ]);
  });

  it('keep a team that was removed since, until somebody takes it away', async () => {
    const workspace = await app.newWorkspace();
    const { id } = await projects().createProject(requestBy(workspace.admin), {
      ...{ name: 'P', teamIds: [workspace.sales, workspace.support] },
    });
    const removed = [fact('TeamRemoved', { teamId: workspace.support })];
    const position = await app.append(workspace.id, streams.workspace(workspace.id), removed);
    await app.backends.progress.waitFor('access.directory', position, 20_000);
    const change = (teamIds: string[]) => projects().changeProject(requestBy(workspace.admin), id, { teamIds });
    await change([workspace.support, workspace.sales]);
    expect((await change([workspace.sales])).teamIds).toEqual([workspace.sales]);
    expect(await codeOf(change([workspace.sales, workspace.support]))).toBe('UNKNOWN_TEAM');
  });

  it('list their definitions in the order of the report, with every version', async () => {
    const id = await newProject();
    const [a, b, c] = [await ask(id, 'A?', 'A'), await ask(id, 'B?', 'B'), await ask(id, 'C?', 'C')];
    await definitions().reorderDefinitions(admin(), id, [c.id, a.id, b.id]);
    const d = await ask(id, 'D?', 'D');
    await definitions().setDefinitionActive(admin(), id, a.id, false);
    const renamed = await definitions().changeDefinition(admin(), id, a.id, { title: 'New', successAnswer: 'NO' });
    expect(renamed).toMatchObject({
      change: 'PRESENTATION',
      definition: { version: 1, title: 'New', isActive: false },
    });
    for (const question of ['A again?', 'A at last?']) {
      const input = { question: { yesNo: { question } } };
      expect((await definitions().changeDefinition(admin(), id, a.id, input)).change).toBe('NEW_VERSION');
    }
    await definitions().removeDefinition(admin(), id, b.id);
    const project = await projects().project(home.admin, id);
    const titles = async (isActive?: boolean) =>
      (await projects().definitions(home.admin, project, isActive)).map(({ title }) => title);
    expect(await titles()).toEqual(['C', 'New', 'D']);
    expect([await titles(true), await titles(false)]).toEqual([['C', 'D'], ['New']]);
    const versions = await definitions().definitionVersions(home.admin, a.id, { first: 2 });
    expect(versions.edges.map(({ node }) => [node.version, node.question])).toEqual([
      [3, { type: 'YES_NO', question: 'A at last?' }],
      [2, { type: 'YES_NO', question: 'A again?' }],
    ]);
    const after = versions.pageInfo.endCursor;
    const older = await definitions().definitionVersions(home.admin, a.id, { first: 2, after });
    expect(older.edges.map(({ node }) => node.question)).toEqual([{ type: 'YES_NO', question: 'A?' }]);
    expect(older.pageInfo.hasNextPage).toBe(false);
    expect(await codeOf(definitions().changeDefinition(admin(), id, b.id, {}))).toBe('UNKNOWN_DEFINITION');
    const other = { question: { fixed: 'SUMMARY' } as const };
    expect(await codeOf(definitions().changeDefinition(admin(), id, d.id, other))).toBe('DEFINITION_TYPE_FIXED');
  });

  it('leave nothing in the read model when they are deleted', async () => {
    const id = await newProject();
    const [kept, removed] = [await ask(id), await ask(id)];
    await definitions().changeDefinition(admin(), id, removed.id, { context: 'More' });
    await definitions().removeDefinition(admin(), id, removed.id);
    await projects().deleteProject(admin(), id);
    const sql = `select id from insights.definitions where id = any($1::uuid[])
      union all select definition_id from insights.definition_versions where definition_id = any($1::uuid[])`;
    expect(await app.backends.database.scoped.query(home.id, sql, [[kept.id, removed.id]])).toEqual([]);
  });

  it('have criteria, goals and scorecards that are set, changed and removed by id', async () => {
    const id = await newProject();
    const { id: step } = await ask(id);
    const attribute = { customField: { key: 'tier', operator: 'EQUALS', value: { text: 'gold' } } } as const;
    const criterion = await rules().setCriterion(admin(), id, { attribute });
    expect(criterion).toMatchObject({ version: 1, condition: { key: 'tier', value: { text: 'gold', number: null } } });
    const changed = await rules().setCriterion(admin(), id, { boolean: { question: 'Demo?' } }, criterion.id);
    expect(changed).toMatchObject({ id: criterion.id, version: 2, question: 'Demo?', expected: true });
    const answerIs = { definitionId: step.toUpperCase(), answer: 'YES' } as const;
    const goal = await rules().setGoal(admin(), id, { name: 'Step', conditions: [{ answerIs }] });
    expect(goal).toMatchObject({
      match: 'ALL',
      conditions: [{ test: 'ANSWER_IS', definitionId: step, answer: 'YES' }],
    });
    const rule = { label: 'Step', weight: 1, condition: { answerIs } };
    const scorecard = await rules().setScorecard(admin(), id, { name: 'Score', rules: [rule] });
    expect(await projects().project(home.admin, id)).toMatchObject({
      ...{ criteria: [{ id: criterion.id }], goals: [{ id: goal.id }], scorecards: [{ id: scorecard.id }] },
    });
    await rules().removeCriterion(admin(), id, criterion.id);
    await rules().removeGoal(admin(), id, goal.id);
    await rules().removeScorecard(admin(), id, scorecard.id);
    expect(await projects().project(home.admin, id)).toMatchObject({ criteria: [], goals: [], scorecards: [] });
    expect(await codeOf(rules().removeGoal(admin(), id, goal.id))).toBe('UNKNOWN_GOAL');
    expect(await codeOf(rules().setScorecard(admin(), id, { name: 'S', rules: [rule] }, scorecard.id))).toBe(
      'UNKNOWN_GOAL',
    );
    expect(await codeOf(rules().setCriterion(admin(), id, { attribute }, criterion.id))).toBe('UNKNOWN_CRITERION');
  });

  it('refuse rules that do not fit, by the field', async () => {
    const id = await newProject();
    const { id: step } = await ask(id);
    const stageReached = { definitionId: step, stage: 'won' };
    const isAnswered = { definitionId: newId() };
    const goal = { name: 'G', conditions: [{ isAnswered: { definitionId: step } }, { stageReached }, { isAnswered }] };
    expect(await codeOf(rules().setGoal(admin(), id, goal))).toBe('RULE_DOES_NOT_FIT');
    expect(await pointersOf(rules().setGoal(admin(), id, goal))).toEqual(['/conditions/1', '/conditions/2']);
    const owner = { attribute: { owner: { anyOf: [home.admin.userId, newId()] } } };
    expect(await codeOf(rules().setCriterion(admin(), id, owner))).toBe('UNKNOWN_OWNER');
    expect(await pointersOf(rules().setCriterion(admin(), id, owner))).toEqual(['/attribute/owner/anyOf/1']);
    const field = { attribute: { customField: { key: 'none', operator: 'IS_SET' as const } } };
    expect(await codeOf(rules().setCriterion(admin(), id, field))).toBe('UNKNOWN_CUSTOM_FIELD');
  });

  it('are changed by many at the same time without losing anything', async () => {
    const id = await newProject();
    await Promise.all(['A', 'B', 'C', 'D'].map((title) => ask(id, `${title}?`, title)));
    const project = await projects().project(home.admin, id);
    const all = await projects().definitions(home.admin, project);
    expect(all.map(({ title }) => title).sort()).toEqual(['A', 'B', 'C', 'D']);
  });

  describe('by whom', () => {
    it.each<[string, keyof SampleWorkspace, read: string, update: string, remove: string]>([
      ['somebody who may do all', 'admin', 'OK', 'OK', 'OK'],
      ['the manager of its team', 'salesManager', 'OK', 'OK', 'FORBIDDEN'],
      ['a user of its team', 'salesUser', 'OK', 'FORBIDDEN', 'FORBIDDEN'],
      ['the manager of another team', 'supportManager', 'UNKNOWN_PROJECT', 'UNKNOWN_PROJECT', 'FORBIDDEN'],
      ['somebody who has only their own', 'loner', 'UNKNOWN_PROJECT', 'UNKNOWN_PROJECT', 'UNKNOWN_PROJECT'],
    ])('%s reads and changes it by their role', async (_, who, read, update, remove) => {
      const principal = home[who] as Principal;
      const id = await newProject();
      const definition = await ask(id);
      const by = () => requestBy(principal);
      expect(await codeOf(projects().project(principal, id))).toBe(read);
      const listed = (await projects().projects(principal, page)).edges.map(({ node }) => node.id);
      expect(listed.includes(id)).toBe(read === 'OK');
      const versions = definitions().definitionVersions(principal, definition.id, page);
      expect(await codeOf(versions)).toBe(read === 'OK' ? 'OK' : 'UNKNOWN_DEFINITION');
      const updates = {
        changeProject: () => projects().changeProject(by(), id, { name: 'New' }),
        createDefinition: () =>
          definitions().createDefinition(by(), id, { title: 'T', question: { fixed: 'SUMMARY' } }),
        setDefinitionActive: () => definitions().setDefinitionActive(by(), id, definition.id, false),
        changeDefinition: () => definitions().changeDefinition(by(), id, definition.id, { title: 'New' }),
        setCriterion: () => rules().setCriterion(by(), id, { boolean: { question: 'Q?' } }),
      };
      for (const [name, work] of Object.entries(updates)) {
        expect([name, await codeOf(work())]).toEqual([name, update]);
      }
      expect(await codeOf(projects().deleteProject(by(), id))).toBe(remove);
    });

    it('who works for their teams assigns these and no others', async () => {
      const manager = () => requestBy(home.salesManager);
      const create = (teamIds: string[]) => projects().createProject(manager(), { name: 'P', teamIds });
      expect(await codeOf(create([home.support]))).toBe('FORBIDDEN');
      expect(await codeOf(create([home.sales, home.support]))).toBe('FORBIDDEN');
      const { id } = await create([home.sales]);
      const change = (teamIds: string[]) => projects().changeProject(manager(), id, { teamIds });
      expect(await codeOf(change([home.sales, home.support]))).toBe('FORBIDDEN');
      await projects().changeProject(admin(), id, { teamIds: [home.sales, home.support] });
      expect(await codeOf(change([home.sales]))).toBe('FORBIDDEN');
      expect((await change([home.support])).teamIds).toEqual([home.support]);
      expect(await codeOf(projects().project(home.salesUser, id))).toBe('UNKNOWN_PROJECT');
      expect(await codeOf(projects().project(home.salesManager, id))).toBe('OK');
    });

    it('what is one’s own stays so', async () => {
      const id = await newProject([home.sales], home.loner);
      const mine = () => requestBy(home.loner);
      expect(await codeOf(projects().project(home.loner, id))).toBe('OK');
      expect(await codeOf(projects().changeProject(mine(), id, { name: 'Mine' }))).toBe('OK');
      expect(await codeOf(projects().deleteProject(mine(), id))).toBe('OK');
    });

    it('nobody of another workspace, who is answered as for what is not there', async () => {
      const foreign = await app.newWorkspace();
      const id = await newProject();
      const outsider = () => requestBy(foreign.admin);
      for (const target of [id, newId(), 'no id']) {
        expect(await codeOf(projects().project(foreign.admin, target))).toBe('UNKNOWN_PROJECT');
        expect(await codeOf(projects().changeProject(outsider(), target, { name: 'X' }))).toBe('UNKNOWN_PROJECT');
        expect(await codeOf(projects().deleteProject(outsider(), target))).toBe('UNKNOWN_PROJECT');
      }
      expect((await projects().projects(foreign.admin, page)).edges).toEqual([]);
    });
  });

  it('share a handbook and a budget, which administrators set and everybody sees', async () => {
    const settings = app.get(SettingsResolver);
    expect(await settings.handbook(home.salesUser)).toBe('');
    expect(await settings.insightBudget(home.salesUser)).toEqual({
      ...{ calls: null, tokens: null, costMicros: null, paused: null },
    });
    expect(await settings.setHandbook(admin(), ' Our words ')).toBe('Our words');
    const budget = await settings.setInsightBudget(admin(), { calls: 100, tokens: null });
    expect(budget).toEqual({ calls: 100, tokens: null, costMicros: null, paused: null });
    expect(await settings.handbook(home.salesUser)).toBe('Our words');
    const manager = () => requestBy(home.salesManager);
    expect(await codeOf(settings.setHandbook(manager(), 'Mine'))).toBe('FORBIDDEN');
    expect(await codeOf(settings.setInsightBudget(manager(), {}))).toBe('FORBIDDEN');
    expect(await codeOf(settings.setHandbook(admin(), 'x'.repeat(20_001)))).toBe('INVALID_INPUT');
    expect(await pointersOf(settings.setInsightBudget(admin(), { calls: 0, tokens: 1.5 }))).toEqual([
      ...['/calls', '/tokens'],
    ]);
    const paused = { limit: 'CALLS', resumesAt: '2026-01-02T00:00:00.000Z' } as const;
    const position = await app.append(home.id, streams.analysis(home.id), [fact('InsightsPaused', paused)]);
    await app.backends.progress.waitFor('insights.projects', position, 20_000);
    expect((await settings.insightBudget(home.salesUser)).paused).toEqual({
      ...{ limit: 'CALLS', resumesAt: new Date(paused.resumesAt) },
    });
  });

  it('have a read model that a replay of the log makes again, row by row', async () => {
    const { eventStore: store, database } = app.backends;
    const { rows, differences, examples } = await verify(projectsProjection, { database, store });
    expect({ differences, examples }).toEqual({ differences: 0, examples: [] });
    expect(rows).toBeGreaterThan(20);
  });
});
