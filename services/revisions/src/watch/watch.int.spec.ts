import { streams } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { JOB_QUEUE } from '@harmony/runtime';
import type { JobQueue } from '@harmony/messaging';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { RunningRevisions, type SampleWorkspace } from '../testing/running-revisions.js';
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
