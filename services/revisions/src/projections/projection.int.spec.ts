import { HarmonyError, streams } from '@harmony/contracts';
import { fact } from '@harmony/kernel';
import { replay, verify } from '@harmony/read-model';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MakeLive } from '../commands/make-live.js';
import { RevisionCommands } from '../commands/revision-commands.js';
import { RevisionQueries } from '../read-model/revision-queries.js';
import type { RevisionView } from '../read-model/revision-view.js';
import { requestBy, RunningRevisions, type SampleWorkspace } from '../testing/running-revisions.js';
import { SampleProject } from '../testing/sample-project.js';
import { revisionsProjection } from './revisions.projection.js';

jest.setTimeout(120_000);

describe('the projection of revisions', () => {
  let app: RunningRevisions;
  let home: SampleWorkspace;
  let project: SampleProject;
  beforeAll(async () => {
    app = await RunningRevisions.start();
    home = await app.newWorkspace();
    project = await SampleProject.create(app, home);
  }, 120_000);
  afterAll(() => app?.close(), 120_000);

  const options = () => ({ database: app.backends.database, store: app.backends.eventStore });
  const isAsReplayed = async (): Promise<void> =>
    expect(await verify(revisionsProjection, options())).toMatchObject({ differences: 0, examples: [] });
  const read = (id: string): Promise<RevisionView> => app.get(RevisionQueries).byId(home.admin, id);
  const has = (id: string, wanted: object): Promise<void> =>
    eventually(async () => expect(await read(id)).toMatchObject(wanted), { withinMs: 30_000 });
  const admin = () => requestBy(home.admin);
  const flip = (id: string): Promise<RevisionView> =>
    app.get(MakeLive).execute(admin(), id, { confirmReplacingNewer: true });

  it('is the same when it is read again from the log, at any moment of a life', async () => {
    const [one, two, three] = (await project.conversations(3)) as [string, string, string];
    const ids: string[] = [];
    for (let count = 0; count < 2; count += 1) {
      const { id } = await project.ask();
      ids.push(id);
      await isAsReplayed();
      await project.plan(id, [one, two, three]);
      await project.run(id, one);
      await project.begin(id, two);
      await isAsReplayed();
      await project.run(id, two, { counts: { answered: 1, failed: 1 } });
      await project.failStage(id, three);
      await has(id, { outcome: 'COMPLETED_WITH_ERRORS' });
      await app.get(RevisionCommands).publish(admin(), id);
      await isAsReplayed();
      await flip(id);
      await isAsReplayed();
    }
    await project.ordinary(one);
    await flip(ids[0] ?? '');
    await isAsReplayed();
    for (const id of [ids[0] ?? '', ids[1] ?? '']) {
      await app.get(RevisionCommands).rollBack(admin(), id);
      await isAsReplayed();
    }
    const before = await Promise.all(ids.map(read));
    await replay(revisionsProjection, options());
    await app.settled();
    expect(await Promise.all(ids.map(read))).toEqual(before);
  });

  it('knows nothing of conversations that were deleted, and counts them all the same', async () => {
    const [kept, early, late, never] = (await project.conversations(4)) as [string, string, string, string];
    const ended = await project.ask();
    await project.plan(ended.id, [kept, late]);
    for (const each of [kept, late]) await project.run(ended.id, each);
    await has(ended.id, { outcome: 'COMPLETED' });

    const { id } = await project.ask();
    await project.erase(early);
    await project.plan(id, [kept, early, late, never]);
    await project.run(id, kept);
    await project.begin(id, late);
    await isAsReplayed();
    await project.erase(late);
    await project.erase(never);
    await has(id, { outcome: 'COMPLETED', progress: { planned: 4, completed: 1, skipped: 3, remaining: 0 } });
    expect((await read(ended.id)).progress).toMatchObject({ planned: 2, completed: 2, skipped: 0 });

    for (const erased of [early, late, never]) {
      const { rows } = await app.backends.database.worker.query(
        `select from revisions.conversations c where to_jsonb(c)::text like $1
           union all select from revisions.revisions r where to_jsonb(r)::text like $1
           union all select from revisions.progress p where to_jsonb(p)::text like $1`,
        [`%${erased}%`],
      );
      expect(rows).toEqual([]);
    }
    await isAsReplayed();
    await replay(revisionsProjection, options());
    await app.settled();
    expect((await read(id)).progress).toMatchObject({ planned: 4, completed: 1, skipped: 3 });
    expect((await read(ended.id)).progress).toMatchObject({ planned: 2, completed: 2 });
  });

  it('takes its conversations from an index, where a watch asks for those of one revision', async () => {
    const client = await app.backends.database.worker.connect();
    try {
      await client.query('begin');
      await client.query('set local enable_seqscan = off');
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain select 1 from revisions.conversations c where c.revision_ids @> array['00000000-0000-4000-8000-000000000000'::uuid]`,
      );
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Bitmap Index Scan');
    } finally {
      await client.query('rollback');
      client.release();
    }
  });

  it('does not know a revision whose request was never seen, whatever is said of it', async () => {
    const about = { revisionId: project.id, projectId: project.id };
    const live = fact('RevisionMadeLive', { ...about, supersededRevisionId: null });
    await app.append(home.id, streams.revisions(project.id), [live]);
    await expect(read(about.revisionId)).rejects.toThrow(new HarmonyError('UNKNOWN_REVISION'));
    await isAsReplayed();
  });
});
