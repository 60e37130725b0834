import type { HarmonyError } from '@harmony/contracts';
import { streams } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { RevisionResolver } from './api/revision.resolver.js';
import { MakeLive } from './commands/make-live.js';
import { RevisionCommands } from './commands/revision-commands.js';
import { RevisionQueries } from './read-model/revision-queries.js';
import type { RevisionView } from './read-model/revision-view.js';
import { reports, requestBy, RunningRevisions, type SampleWorkspace } from './testing/running-revisions.js';
import { SampleProject } from './testing/sample-project.js';

jest.setTimeout(60_000);

type Refusal = [code: string, facts: unknown] | undefined;

const refusalOf = (work: Promise<unknown>): Promise<Refusal> =>
  work.then(
    () => undefined,
    ({ code, facts }: HarmonyError): Refusal => [code, facts],
  );

const refusedIn = (...readModels: string[]): Refusal => ['REVISION_PARKED', { streams: 1, readModels }];

describe('a revision with a parked stream', () => {
  let app: RunningRevisions;
  let home: SampleWorkspace;
  beforeAll(async () => {
    app = await RunningRevisions.start();
    home = await app.newWorkspace();
  }, 120_000);
  afterAll(() => app?.close(), 120_000);

  const admin = () => requestBy(home.admin);
  const publish = (id: string, definitionIds?: string[]) =>
    app.get(RevisionCommands).publish(admin(), id, definitionIds);
  const makeLive = (id: string) => app.get(MakeLive).execute(admin(), id, { confirmReplacingNewer: true });
  const completed = async (of: SampleProject, conversationIds: readonly string[]): Promise<RevisionView> => {
    const { id } = await of.ask();
    await of.plan(id, conversationIds);
    for (const each of conversationIds) await of.run(id, each);
    return eventually(
      async () => {
        const view = await app.get(RevisionQueries).byId(home.admin, id);
        expect(view.outcome).toBe('COMPLETED');
        return view;
      },
      { withinMs: 30_000 },
    );
  };
  const change = async (sql: string): Promise<void> => {
    const owner = await app.backends.database.connectOwner();
    await owner.query(sql).finally(() => owner.end());
  };
  /** Postgres refuses more rows about the conversation, until it is mended. */
  const breakFor = (table: string, conversationId: string): Promise<void> =>
    change(`alter table ${table} add constraint broken check (conversation_id <> '${conversationId}') not valid`);
  const mend = (table: string): Promise<void> => change(`alter table ${table} drop constraint broken`);
  /** Of the next event of the conversation's insights. */
  const parkIn = async (table: string, of: SampleProject, conversationId: string): Promise<void> => {
    await breakFor(table, conversationId);
    await of.ordinary(conversationId);
  };
  /** As if an event of the stream could not be applied. */
  const park = async (projection: string, stream: string): Promise<void> => {
    await app.backends.database.worker.query(
      `insert into projections.parked (projection, stream_id, revision, major, minor, event_id, event_type, code, cause)
       values ($1, $2, 0, 0, 0, 'e', 't', 'INTERNAL', 'for a test')`,
      [projection, stream],
    );
  };
  const unpark = () => app.backends.database.worker.query("delete from projections.parked where cause = 'for a test'");
  const parkedStreams = async (...views: RevisionView[]): Promise<number[]> => {
    const resolver = app.get(RevisionResolver);
    const types = await Promise.all(views.map(({ id }) => resolver.revision(home.admin, id)));
    return Promise.all(types.map((type) => resolver.parkedStreams(home.admin, type)));
  };

  it('is neither published nor made live until it is applied, and no other revision waits for it', async () => {
    const [project, other] = [await SampleProject.create(app, home), await SampleProject.create(app, home)];
    const [one = '', two = ''] = await project.conversations(2);
    const published = await completed(project, [one, two]);
    await publish(published.id);
    const draft = await completed(project, [one, two]);
    const without = await completed(project, [two]);
    const elsewhere = await completed(other, await other.conversations(1));

    await parkIn('reporting.runs', project, one);
    expect(await refusalOf(publish(draft.id))).toEqual(refusedIn(reports.name));
    expect(await parkedStreams(published, draft, without, elsewhere)).toEqual([1, 1, 0, 0]);
    expect(await refusalOf(publish(draft.id, project.definitionIds.slice(0, 1)))).toEqual(refusedIn(reports.name));
    expect(await refusalOf(makeLive(published.id))).toEqual(refusedIn(reports.name));
    for (const { id } of [without, elsewhere]) {
      await publish(id);
      expect(await makeLive(id)).toMatchObject({ stage: 'LIVE' });
    }

    await mend('reporting.runs');
    await app.restart();
    await eventually(async () => expect(await parkedStreams(published, draft)).toEqual([0, 0]));
    expect(await publish(draft.id)).toMatchObject({ stage: 'PUBLISHED' });
    for (const { id } of [published, draft]) expect(await makeLive(id)).toMatchObject({ stage: 'LIVE' });
  });

  it('waits for streams of its own read model too, and for those of its project, its plan and its conversations', async () => {
    const project = await SampleProject.create(app, home);
    const [only = ''] = await project.conversations(1);
    const draft = await completed(project, [only]);
    await parkIn('revisions.conversations', project, only);
    expect(await refusalOf(publish(draft.id))).toEqual(refusedIn('revisions.revisions'));

    await mend('revisions.conversations');
    await app.restart();
    await eventually(async () => expect(await parkedStreams(draft)).toEqual([0]));
    const ofProject = [streams.project(project.id), streams.revisions(project.id), streams.revisionPlan(draft.id)];
    for (const stream of [...ofProject, streams.conversation(only)]) {
      await park('insights.results', stream);
      expect(await refusalOf(publish(draft.id))).toEqual(refusedIn('insights.results'));
      await unpark();
    }
    await publish(draft.id);
    await makeLive(draft.id);
    await park('reporting.reports', streams.conversation(only));
    expect((await refusalOf(makeLive(draft.id)))?.[0]).toBe('REVISION_STATE');
    await park('reporting.reports', streams.revisions(project.id));
    const rollBack = () => app.get(RevisionCommands).rollBack(admin(), draft.id);
    expect(await refusalOf(rollBack())).toEqual(refusedIn('reporting.reports'));
    await unpark();
    await park('reporting.reports', streams.conversation(only));
    expect(await rollBack()).toMatchObject({ stage: 'SUPERSEDED' });
    await unpark();
  });

  it('is not another one of a stream whose name says nothing, or of a read model that shows no revisions', async () => {
    const project = await SampleProject.create(app, home);
    const [only = ''] = await project.conversations(1);
    const draft = await completed(project, [only]);
    await park('insights.results', 'conversation-poison');
    await park('insights.results', streams.insights(newId()));
    await park('extraction.extractions', streams.conversation(only));
    expect(await publish(draft.id)).toMatchObject({ stage: 'PUBLISHED' });
    await unpark();
  });

  it('is looked for only once every reader has come so far; until then nothing is published', async () => {
    const project = await SampleProject.create(app, home);
    const [only = ''] = await project.conversations(1);
    const draft = await completed(project, [only]);
    const owner = await app.backends.database.connectOwner();
    await owner.query(`select pg_advisory_lock(hashtextextended('projection batch ${reports.name}', 0))`);
    await project.ordinary(only);
    expect(await refusalOf(publish(draft.id))).toEqual(['READ_MODEL_BEHIND', { projection: reports.name }]);
    await expect(publish(draft.id)).rejects.toThrow(/^Nothing was changed/);
    expect(await app.get(RevisionQueries).byId(home.admin, draft.id)).toMatchObject({ stage: 'DRAFT' });
    await owner.end();
    expect(await publish(draft.id)).toMatchObject({ stage: 'PUBLISHED' });
  });
});
