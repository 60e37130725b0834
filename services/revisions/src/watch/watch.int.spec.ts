import { streams } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { JOB_QUEUE } from '@harmony/runtime';
import type { JobQueue } from '@harmony/messaging';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { RevisionCommands } from '../commands/revision-commands.js';
import { RevisionQueries } from '../read-model/revision-queries.js';
import { requestBy, RunningRevisions, type SampleWorkspace } from '../testing/running-revisions.js';
import { SampleProject } from '../testing/sample-project.js';
import { watchJob, watchKey } from './watch.js';

jest.setTimeout(60_000);

let app: RunningRevisions;
let home: SampleWorkspace;
beforeAll(async () => {
  app = await RunningRevisions.start();
  home = await app.newWorkspace();
}, 120_000);
afterAll(() => app?.close(), 120_000);

const watches = async (): Promise<number> => {
  const sql = `select from graphile_worker._private_jobs where key like 'revisions.watch:%'`;
  return (await app.backends.database.worker.query(sql)).rowCount ?? 0;
};

it('a revision ends once, however many watches it has, and nobody watches when nothing is under way', async () => {
  expect(await watches()).toBe(0);
  const project = await SampleProject.create(app, home);
  const [only = ''] = await project.conversations(1);
  const { id } = await project.ask();
  // As after crashes: turns that were made more than once.
  const jobs = app.get<JobQueue>(JOB_QUEUE as never);
  for (const turn of [100, 200, 300, 400]) {
    const payload = { revisionId: id, projectId: project.id, attempt: 1, turn };
    const job = { ...watchJob, workspaceId: home.id, correlationId: newId(), key: watchKey(payload), payload };
    await jobs.enqueue(job);
  }
  await project.plan(id, [only]);
  await project.run(id, only);
  await eventually(
    async () => {
      const types = (await app.eventsOf(streams.revisions(project.id))).map(({ type }) => type);
      expect(types).toEqual(['RevisionRequested', 'RevisionCompleted']);
      expect(await watches()).toBe(0);
    },
    { withinMs: 40_000 },
  );
});

it('what an extraction cost that ended after a cancellation is the revision’s, and then nobody watches any more', async () => {
  const project = await SampleProject.create(app, home);
  const [only = ''] = await project.conversations(1);
  const { id } = await project.ask();
  await project.plan(id, [only]);
  await app.get(RevisionCommands).cancel(requestBy(home.admin), id);
  const later = `select from graphile_worker._private_jobs
    where key like 'revisions.watch:%' and run_at > now() + interval '30 seconds'`;
  const { worker } = app.backends.database;
  await eventually(async () => expect((await worker.query(later)).rowCount).toBe(1));

  await project.failStage(id, only);
  await worker.query(
    `update graphile_worker._private_jobs set run_at = now(), key = key || '/due' where key like 'revisions.watch:%'`,
  );
  await eventually(async () => {
    const { progress } = await app.get(RevisionQueries).byId(home.admin, id);
    expect(progress).toMatchObject({ failed: 1, skipped: 0, usage: { calls: 1, costMicros: 5 } });
  });
  await eventually(async () => expect(await watches()).toBe(0));
});
