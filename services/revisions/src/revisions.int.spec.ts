import { HarmonyError, streams } from '@harmony/contracts';
import { fact, newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RevisionResolver } from './api/revision.resolver.js';
import { MakeLive } from './commands/make-live.js';
import { RevisionCommands } from './commands/revision-commands.js';
import { ConflictQueries } from './read-model/conflict-queries.js';
import { RevisionQueries } from './read-model/revision-queries.js';
import type { RevisionView } from './read-model/revision-view.js';
import { requestBy, RunningRevisions, type SampleWorkspace } from './testing/running-revisions.js';
import { SampleProject } from './testing/sample-project.js';

jest.setTimeout(60_000);

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'OK',
    (error: unknown) => (error instanceof HarmonyError ? error.code : `not ours: ${String(error)}`),
  );

const page = { first: 100, after: null };

describe('revisions', () => {
  let app: RunningRevisions;
  let home: SampleWorkspace;
  let project: SampleProject;
  beforeAll(async () => {
    app = await RunningRevisions.start();
    home = await app.newWorkspace();
    project = await SampleProject.create(app, home);
  }, 120_000);
  afterAll(() => app?.close(), 120_000);

  const commands = (): RevisionCommands => app.get(RevisionCommands);
  const admin = () => requestBy(home.admin);
  const read = (id: string): Promise<RevisionView> => app.get(RevisionQueries).byId(home.admin, id);
  const has = (id: string, wanted: object): Promise<RevisionView> =>
    eventually(
      async () => {
        const view = await read(id);
        expect(view).toMatchObject(wanted);
        return view;
      },
      { withinMs: 30_000 },
    );
  const makeLive = (id: string, options: { confirmReplacingNewer?: boolean; expectedVersion?: number } = {}) =>
    app.get(MakeLive).execute(admin(), id, { confirmReplacingNewer: false, ...options });
  /** Over conversations of which some may fail. */
  const completed = async (conversationIds: readonly string[], of = project): Promise<RevisionView> => {
    const { id } = await of.ask();
    await of.plan(id, conversationIds);
    for (const each of conversationIds) await of.run(id, each);
    return has(id, { outcome: 'COMPLETED' });
  };
  const published = async (conversationIds: readonly string[], of = project): Promise<RevisionView> =>
    commands().publish(admin(), (await completed(conversationIds, of)).id);

  it('are listed at once as processing, newest first, with their form and who asked', async () => {
    const of = await SampleProject.create(app, home);
    const first = await of.ask();
    const second = await of.ask();
    expect(second).toMatchObject({
      ...{ number: 2, badge: 'PROCESSING', outcome: 'PROCESSING', stage: 'DRAFT', attempt: 1, actions: ['CANCEL'] },
      ...{ input: of.input, part: null, plan: null, actual: null, scopeChange: null, projectId: of.id },
      requestedBy: { kind: 'USER', id: home.admin.id, name: 'Ada' },
      progress: { planned: 0, remaining: 0, isPlanned: false, remainingMs: null },
      history: [{ action: 'REQUESTED', by: { name: 'Ada' } }],
    });
    const list = await app.get(RevisionQueries).list(home.admin, of.id, page);
    expect(list.edges.map(({ node }) => node.id)).toEqual([second.id, first.id]);
    const one = await app.get(RevisionQueries).list(home.admin, of.id, { first: 1, after: null });
    const rest = await app.get(RevisionQueries).list(home.admin, of.id, { first: 1, after: one.pageInfo.endCursor });
    expect([one.pageInfo.hasNextPage, rest.edges[0]?.node.id]).toEqual([true, first.id]);
  });

  it('freeze what the project asks when they are asked for', async () => {
    const of = await SampleProject.create(app, home);
    const { id } = await of.ask();
    const [requested] = await app.eventsOf(streams.revisions(of.id));
    expect(requested?.data).toMatchObject({
      ...{ revisionId: id, number: 1, projectRevision: 2, analysisRevision: null },
      definitions: of.definitionIds.map((definitionId) => ({ definitionId, definitionVersion: 1 })),
    });
  });

  it('are one revision for a command however often it is repeated', async () => {
    const once = admin();
    const first = await commands().create(once, project.input);
    const again = await commands().create(once, project.input);
    expect(again.id).toBe(first.id);
    await commands().cancel(admin(), first.id);
  });

  it('go on before the eyes of their readers, and complete by themselves', async () => {
    const conversations = await project.conversations(3);
    const { id } = await project.ask();
    await project.plan(id, conversations);
    await project.run(id, conversations[0] ?? '');
    const going = await has(id, { progress: { planned: 3, completed: 1, remaining: 2, isPlanned: true } });
    expect(going).toMatchObject({ outcome: 'PROCESSING', plan: { conversations: 3 }, estimate: { samples: 10 } });
    expect(going.progress.ratePerMinute).toBeGreaterThan(0);
    expect(going.progress.remainingMs).toBeGreaterThan(0);
    expect(going.progress.usage).toMatchObject({ calls: 1, costMicros: 5 });
    for (const each of conversations.slice(1)) await project.run(id, each);
    expect(await has(id, { outcome: 'COMPLETED' })).toMatchObject({
      ...{ badge: 'DRAFT', actions: ['REVIEW_CHANGES', 'EXPORT_CHANGES', 'ATTRIBUTE_CHANGES', 'PUBLISH'] },
      progress: { planned: 3, completed: 3, remaining: 0, usage: { calls: 3 } },
      actual: { calls: 3, tokens: 9, costMicros: 15, isAsEstimated: false },
    });
  });

  it('wait for what is asked again beside them, and its cost is theirs', async () => {
    const [one = '', two = ''] = await project.conversations(2);
    const [first = '', second = ''] = project.definitionIds;
    const { id } = await project.ask();
    await project.plan(id, [one, two], 1, [first, second]);
    await project.repeat(id, one, first, true);
    await project.run(id, one);
    await project.run(id, two);
    await project.repeat(id, one, second, false);
    await project.repeat(id, two, first, true);
    await has(id, { outcome: 'PROCESSING', progress: { planned: 2, completed: 1, remaining: 1, usage: { calls: 4 } } });
    await project.repeat(id, two, second, true);
    await has(id, { outcome: 'COMPLETED', progress: { completed: 2, usage: { calls: 5 } }, actual: { calls: 5 } });
  });

  it('that are cancelled have completed what is answered, whatever was still to be asked again', async () => {
    const [only = ''] = await project.conversations(1);
    const { id } = await project.ask();
    await project.plan(id, [only], 1, project.definitionIds);
    await project.run(id, only);
    await has(id, { outcome: 'PROCESSING', progress: { completed: 0, remaining: 1 } });
    await commands().cancel(admin(), id);
    await has(id, { outcome: 'CANCELLED', progress: { completed: 1, skipped: 0 } });
  });

  it('say what failed, and try again that and nothing else', async () => {
    const [good, bad, worse, worst] = (await project.conversations(4)) as [string, string, string, string];
    const { id } = await project.ask();
    await project.plan(id, [good, bad, worse, worst]);
    await project.run(id, good);
    await project.run(id, bad, { counts: { answered: 1, failed: 1 } });
    await project.failRun(id, worse);
    await project.failStage(id, worst);
    const failed = await has(id, { outcome: 'COMPLETED_WITH_ERRORS' });
    expect(failed).toMatchObject({ progress: { completed: 1, completedWithErrors: 1, failed: 2 } });
    expect(failed.actions).toEqual(['REVIEW_CHANGES', 'EXPORT_CHANGES', 'ATTRIBUTE_CHANGES', 'PUBLISH', 'RETRY']);
    const retried = await commands().retry(admin(), id);
    expect(retried).toMatchObject({ outcome: 'PROCESSING', attempt: 2, plan: { conversations: 4 } });
    await project.plan(id, [bad, worse, worst], 2);
    // Too late: it belongs to the attempt before.
    await project.failRun(id, worse, 1);
    for (const each of [bad, worse, worst]) await project.run(id, each, { attempt: 2 });
    expect(await has(id, { outcome: 'COMPLETED' })).toMatchObject({
      ...{ progress: { planned: 4, completed: 4, usage: { calls: 6 } }, actual: { isAsEstimated: null } },
    });
  });

  it.each([
    ['COMPLETED_WITH_ERRORS', { answered: 1, failed: 1 }],
    ['FAILED', { answered: 0, failed: 2 }],
  ])('are %s where their only conversation has %j', async (outcome, counts) => {
    const [only = ''] = await project.conversations(1);
    const { id } = await project.ask();
    await project.plan(id, [only]);
    await project.run(id, only, { counts });
    expect(await has(id, { outcome })).toMatchObject({ badge: outcome === 'FAILED' ? 'FAILED' : 'DRAFT' });
  });

  it('have no conversations where none was found, and failed where they could not be planned', async () => {
    const [empty, lost] = [await project.ask(), await project.ask()];
    await project.plan(empty.id, []);
    await project.failPlan(lost.id, 'STORE_UNAVAILABLE');
    expect(await has(empty.id, { outcome: 'NO_CONVERSATIONS' })).toMatchObject({
      badge: 'NO_CONVERSATIONS',
      actions: [],
    });
    expect(await has(lost.id, { outcome: 'FAILED' })).toMatchObject({
      ...{ planFailureCode: 'STORE_UNAVAILABLE', actions: ['RETRY'] },
    });
  });

  it('count a conversation once where their first plan failed and another attempt names it again', async () => {
    const [one, two, three] = (await project.conversations(3)) as [string, string, string];
    const { id } = await project.ask();
    await project.planBatch(id, [one, two]);
    await project.failPlan(id);
    for (const each of [one, two]) await project.failRun(id, each);
    await has(id, { outcome: 'FAILED', progress: { planned: 2, failed: 2 } });
    await commands().retry(admin(), id);
    await project.planBatch(id, [three, one, two], { attempt: 2, plannedBefore: 2 });
    await has(id, { outcome: 'PROCESSING', progress: { planned: 3, isPlanned: false } });
    await commands().cancel(admin(), id);
  });

  it('keep what they have where a try of what failed cannot be planned', async () => {
    const [good, bad] = (await project.conversations(2)) as [string, string];
    const { id } = await project.ask();
    await project.plan(id, [good, bad]);
    await project.run(id, good);
    await project.run(id, bad, { counts: { answered: 0, failed: 2 } });
    await has(id, { outcome: 'COMPLETED_WITH_ERRORS' });
    await commands().retry(admin(), id);
    // What is said late of an earlier attempt is not said of this one.
    await project.failPlan(id, 'INTERNAL', 1);
    await has(id, { outcome: 'PROCESSING', planFailureCode: null });
    await project.failPlan(id, 'STORE_UNAVAILABLE', 2);
    expect(await has(id, { outcome: 'COMPLETED_WITH_ERRORS' })).toMatchObject({
      ...{ badge: 'DRAFT', planFailureCode: 'STORE_UNAVAILABLE', progress: { completed: 1, failed: 1 } },
    });
  });

  it('end when they are cancelled, and skip what had not begun', async () => {
    const [begun, never] = (await project.conversations(2)) as [string, string];
    const { id } = await project.ask();
    await project.plan(id, [begun, never]);
    await project.run(id, begun);
    expect(await commands().cancel(admin(), id)).toMatchObject({ badge: 'CANCELLED', actions: [] });
    await has(id, { progress: { completed: 1, skipped: 1, remaining: 0 } });
    const refused = expect.objectContaining({
      code: 'REVISION_STATE',
      facts: { outcome: 'CANCELLED', stage: 'DRAFT' },
    });
    await expect(commands().publish(admin(), id)).rejects.toThrow(refused);
  });

  it('say that their scope is another one than the preview said', async () => {
    const conversations = await project.conversations(1);
    const previewed = { conversations: 2, scopeDigest: 'f'.repeat(64) };
    const { id } = await commands().create(admin(), project.input, previewed);
    await project.plan(id, conversations);
    await has(id, { scopeChange: { previewedConversations: 2, plannedConversations: 1 } });
    await commands().cancel(admin(), id);
  });

  describe('in force', () => {
    it('are published, made live, superseded and taken back, and remember who did it', async () => {
      const of = await SampleProject.create(app, home);
      const conversations = await of.conversations(2);
      const [a, b] = [await published(conversations, of), await published(conversations, of)];
      expect(a).toMatchObject({ badge: 'COMPLETED', stage: 'PUBLISHED' });
      expect(await codeOf(makeLive((await of.ask()).id))).toBe('REVISION_STATE');
      expect(await makeLive(a.id)).toMatchObject({ badge: 'LIVE' });
      expect(await makeLive(b.id)).toMatchObject({ badge: 'LIVE' });
      expect(await read(a.id)).toMatchObject({ stage: 'SUPERSEDED', badge: 'COMPLETED' });
      await makeLive(a.id);
      const { history } = await read(a.id);
      expect(history.map(({ action, by, otherRevisionId }) => [action, by.name, otherRevisionId])).toEqual([
        ['REQUESTED', 'Ada', null],
        ['COMPLETED', null, null],
        ['PUBLISHED', 'Ada', null],
        ['MADE_LIVE', 'Ada', null],
        ['SUPERSEDED', 'Ada', b.id],
        ['MADE_LIVE', 'Ada', b.id],
      ]);
    });

    it('are rolled back, one behind the other, until none is live', async () => {
      const of = await SampleProject.create(app, home);
      const conversations = await of.conversations(1);
      const [a, b] = [await published(conversations, of), await published(conversations, of)];
      const rollBack = (id: string, version?: number) => commands().rollBack(admin(), id, version);
      await makeLive(a.id);
      const seen = (await read(a.id)).version;
      await makeLive(b.id);
      expect(await codeOf(rollBack(a.id))).toBe('REVISION_STATE');
      expect(await codeOf(rollBack(b.id, seen))).toBe('REVISION_CHANGED');
      expect(await rollBack(b.id)).toMatchObject({
        stage: 'SUPERSEDED',
        badge: 'COMPLETED',
        actions: expect.arrayContaining(['MAKE_LIVE']),
      });
      expect(await read(a.id)).toMatchObject({ badge: 'LIVE', actions: expect.arrayContaining(['ROLL_BACK']) });
      expect(await codeOf(makeLive(b.id, { expectedVersion: b.version }))).toBe('REVISION_CHANGED');
      expect(await rollBack(a.id)).toMatchObject({ stage: 'SUPERSEDED' });
      const told = async (id: string) =>
        (await read(id)).history.slice(3).map(({ action, by, otherRevisionId }) => [action, by.name, otherRevisionId]);
      expect(await told(a.id)).toEqual([
        ['MADE_LIVE', 'Ada', null],
        ['SUPERSEDED', 'Ada', b.id],
        ['RESTORED', 'Ada', b.id],
        ['ROLLED_BACK', 'Ada', null],
      ]);
      expect(await told(b.id)).toEqual([
        ['MADE_LIVE', 'Ada', a.id],
        ['ROLLED_BACK', 'Ada', a.id],
      ]);
      expect(await makeLive(b.id)).toMatchObject({ badge: 'LIVE' });
    });

    it('need a confirmation where newer ordinary results would be replaced', async () => {
      const [mine, newer, other] = (await project.conversations(3)) as [string, string, string];
      await project.ordinary(mine);
      const { id } = await published([mine, newer]);
      await project.ordinary(newer);
      await project.ordinary(other);
      const refusal = await makeLive(id).then(
        () => undefined,
        (error: HarmonyError) => [error.code, error.facts],
      );
      expect(refusal).toEqual(['REVISION_REPLACES_NEWER', { count: 1, conversationIds: [newer] }]);
      const conflicts = await app.get(ConflictQueries).list(home.admin, id, page);
      expect(conflicts).toMatchObject({ totalCount: 1, edges: [{ node: { conversationId: newer } }] });
      const unseen = await app.get(ConflictQueries).list(home.user, id, page);
      expect(unseen).toMatchObject({ totalCount: 1, edges: [] });
      const live = await makeLive(id, { confirmReplacingNewer: true });
      expect(live.history.at(-1)).toMatchObject({ action: 'MADE_LIVE', replacedNewer: 1 });
    });

    it('need it too where they carry over what is older: a part, and a try of what failed', async () => {
      const of = await SampleProject.create(app, home);
      const conversations = await of.conversations(1);
      const [conversation = ''] = conversations;
      const refused = (id: string) => expect(codeOf(makeLive(id))).resolves.toBe('REVISION_REPLACES_NEWER');
      const draft = await completed(conversations, of);
      await of.ordinary(conversation);
      const part = await commands().publish(admin(), draft.id, of.definitionIds.slice(0, 1));
      await of.plan(part.id, conversations);
      await of.run(part.id, conversation);
      await has(part.id, { outcome: 'COMPLETED', stage: 'PUBLISHED' });
      await refused(part.id);

      const { id } = await of.ask();
      await of.plan(id, conversations);
      await of.run(id, conversation, { counts: { answered: 1, failed: 1 } });
      await has(id, { outcome: 'COMPLETED_WITH_ERRORS' });
      await of.ordinary(conversation);
      await commands().retry(admin(), id);
      await of.plan(id, conversations, 2);
      await of.run(id, conversation, { counts: { answered: 2, carriedOver: 1 }, attempt: 2 });
      await has(id, { outcome: 'COMPLETED' });
      await commands().publish(admin(), id);
      await refused(id);
    });

    it('have one winner and one clear error where two people press at once', async () => {
      const of = await SampleProject.create(app, home);
      const conversations = await of.conversations(1);
      const [a, b] = [await published(conversations, of), await published(conversations, of)];
      const outcomes = await Promise.all([
        ...[
          codeOf(makeLive(a.id, { expectedVersion: a.version })),
          codeOf(makeLive(b.id, { expectedVersion: b.version })),
        ],
        ...[codeOf(makeLive(a.id)), codeOf(makeLive(b.id))],
      ]);
      expect(outcomes.filter((code) => code === 'OK').length).toBeGreaterThan(0);
      for (const code of outcomes) expect(['OK', 'REVISION_CHANGED', 'REVISION_STATE']).toContain(code);
      const drafts = await completed(conversations, of);
      const presses = await Promise.all([1, 2, 3, 4].map(() => codeOf(commands().publish(admin(), drafts.id))));
      expect(presses.sort()).toEqual(['OK', 'REVISION_STATE', 'REVISION_STATE', 'REVISION_STATE']);
      const seen = (await read(drafts.id)).version;
      const flips = await Promise.all([1, 2, 3, 4].map(() => codeOf(makeLive(drafts.id, { expectedVersion: seen }))));
      expect(flips.sort()).toEqual(['OK', 'REVISION_CHANGED', 'REVISION_CHANGED', 'REVISION_CHANGED']);
      const stages = (await app.get(RevisionQueries).list(home.admin, of.id, page)).edges.map(({ node }) => node.stage);
      expect(stages.filter((stage) => stage === 'LIVE')).toHaveLength(1);
    });

    it('refuse whoever has not seen what is live now', async () => {
      const of = await SampleProject.create(app, home);
      const conversations = await of.conversations(1);
      const [a, b] = [await published(conversations, of), await published(conversations, of)];
      const { version } = await read(b.id);
      await makeLive(a.id);
      expect(await codeOf(makeLive(b.id, { expectedVersion: version }))).toBe('REVISION_CHANGED');
      expect(await makeLive(b.id, { expectedVersion: (await read(b.id)).version })).toMatchObject({ stage: 'LIVE' });
    });

    it('can be a part, which is published by itself while the rest stays a draft', async () => {
      const of = await SampleProject.create(app, home);
      const conversations = await of.conversations(1);
      const draft = await completed(conversations, of);
      const [one = ''] = of.definitionIds;
      expect(await codeOf(commands().publish(admin(), draft.id, [newId()]))).toBe('UNKNOWN_DEFINITION');
      const part = await commands().publish(admin(), draft.id, [one.toUpperCase()]);
      expect(part).toMatchObject({
        ...{ number: 2, outcome: 'PROCESSING', input: null, part: { ofRevisionId: draft.id, definitionIds: [one] } },
      });
      await of.plan(part.id, conversations);
      await of.run(part.id, conversations[0] ?? '');
      await has(part.id, { outcome: 'COMPLETED', stage: 'PUBLISHED' });
      expect(await read(draft.id)).toMatchObject({ badge: 'DRAFT' });
    });
  });

  describe('for people', () => {
    it('are read only without the permission, and say why', async () => {
      const { id } = await completed(await project.conversations(1));
      const by = requestBy(home.user);
      expect(await app.get(RevisionQueries).byId(home.user, id)).toMatchObject({
        actions: ['REVIEW_CHANGES', 'EXPORT_CHANGES'],
      });
      const attempts = [
        ...[commands().create(by, project.input), commands().cancel(by, id), commands().retry(by, id)],
        ...[commands().publish(by, id), app.get(MakeLive).execute(by, id, { confirmReplacingNewer: true })],
      ];
      for (const attempt of attempts) expect(await codeOf(attempt)).toBe('FORBIDDEN');
      expect(await app.get(RevisionResolver).revisionsAccess(home.user, project.id)).toEqual({
        tab: { isEnabled: true, disabledReason: null },
        newRevision: {
          isEnabled: false,
          disabledReason: expect.stringContaining('pipeline-rerun:execute:all'),
        },
      });
      expect(await app.get(RevisionResolver).revisionsAccess(home.admin, project.id)).toMatchObject({
        newRevision: { isEnabled: true },
      });
    });

    it('are not there without the flag, which is said', async () => {
      const workspace = await app.newWorkspace({ isEnabled: false });
      const of = await SampleProject.create(app, workspace);
      const disabled = { isEnabled: false, disabledReason: expect.stringContaining('reports-rerun-tab') };
      const resolver = app.get(RevisionResolver);
      expect(await resolver.revisionsAccess(workspace.admin, of.id)).toEqual({ tab: disabled, newRevision: disabled });
      expect(await codeOf(resolver.revisions(workspace.admin, of.id, page))).toBe('FEATURE_DISABLED');
      expect(await codeOf(resolver.revision(workspace.admin, newId()))).toBe('FEATURE_DISABLED');
      expect(await codeOf(of.ask())).toBe('FEATURE_DISABLED');
    });

    it('are those of projects that they may read, of their workspace', async () => {
      const foreign = await app.newWorkspace();
      const { id } = await completed(await project.conversations(1));
      const stranger = { ...home.user, teamIds: [] };
      for (const reader of [foreign.admin, stranger]) {
        expect(await codeOf(app.get(RevisionQueries).byId(reader, id))).toBe('UNKNOWN_REVISION');
        expect(await codeOf(app.get(RevisionQueries).list(reader, project.id, page))).toBe('UNKNOWN_PROJECT');
      }
      expect(await codeOf(commands().publish(requestBy(foreign.admin), id))).toBe('UNKNOWN_REVISION');
      expect(await codeOf(commands().create(requestBy(foreign.admin), project.input))).toBe('UNKNOWN_PROJECT');
    });

    it('have a form that is checked field by field', async () => {
      const input = { projectId: project.id, from: new Date('2025-01-01'), to: new Date('2025-04-02') };
      expect(await codeOf(app.get(RevisionResolver).createRevision(admin(), input))).toBe('INVALID_INPUT');
      const bad = commands().create(admin(), project.input, { conversations: -1, scopeDigest: 'x' });
      expect(await codeOf(bad)).toBe('INVALID_INPUT');
    });
  });

  it('are limited to five under way in a project', async () => {
    const of = await SampleProject.create(app, home);
    for (let count = 0; count < 5; count += 1) await of.ask();
    expect(await codeOf(of.ask())).toBe('REVISION_LIMIT');
  });

  it('of a project that was deleted are not there any more', async () => {
    const of = await SampleProject.create(app, home);
    const { id } = await of.ask();
    await app.append(home.id, streams.project(of.id), [fact('ProjectDeleted', { projectId: of.id })]);
    expect(await codeOf(read(id))).toBe('UNKNOWN_REVISION');
    expect(await codeOf(of.ask())).toBe('UNKNOWN_PROJECT');
  });
});
