import { eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gate } from '../contract-suite/harness.js';
import { createJobsDatabase, definition, newJob, quickRunner } from '../testing/jobs.js';
import { GraphileJobQueue } from './graphile-job-queue.js';

describe('cancelling jobs', () => {
  let database: TestDatabase;
  let queue: GraphileJobQueue;
  beforeAll(async () => {
    database = await createJobsDatabase();
    queue = new GraphileJobQueue(database.pool);
  });
  afterAll(() => database.drop());

  it('takes away what waits and has the payload, in this workspace only, and lets what runs end', async () => {
    const [begun, held] = [gate(), gate()];
    const ran: string[] = [];
    const runs = definition('test.runs', async (tag) => {
      begun.open();
      await held.opened;
      ran.push(tag);
    });
    const runner = quickRunner({ pool: database.pool, definitions: [runs] });
    await queue.enqueue(newJob('test.runs', 'a'));
    runner.start();
    await begun.opened;

    await queue.enqueue(newJob('test.waits', 'a'));
    await queue.enqueue(newJob('test.waits', 'a', { priority: 'revision', payload: { tag: 'a', more: 1 } }));
    await queue.enqueue(newJob('test.waits', 'b'));
    await queue.enqueue(newJob('test.waits', 'a', { workspaceId: 'two' }));

    expect(await queue.cancel('one', { tag: 'a' })).toBe(2);
    expect(await queue.cancel('one', { tag: 'a' })).toBe(0);
    held.open();
    await eventually(() => expect(ran).toEqual(['a']));
    await runner.stop();
    const { rows } = await database.pool.query<{ workspace: string; tag: string }>(
      `select payload ->> 'workspaceId' as workspace, payload -> 'payload' ->> 'tag' as tag
         from graphile_worker._private_jobs order by id`,
    );
    expect(rows).toEqual([
      { workspace: 'one', tag: 'b' },
      { workspace: 'two', tag: 'a' },
    ]);
  });
});
