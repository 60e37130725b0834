import { eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createJobsDatabase, newJob } from '../testing/jobs.js';
import { GraphileJobQueue } from './graphile-job-queue.js';

describe('enqueueing a job', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createJobsDatabase();
  });
  afterAll(() => database.drop());

  const looks = async (): Promise<{ readInSequence: number; byIndex: number }> => {
    const { rows } = await database.pool.query<{ readInSequence: number; byIndex: number }>(
      `select seq_tup_read::int as "readInSequence", idx_scan::int as "byIndex"
         from pg_stat_user_tables where schemaname = 'graphile_worker' and relname = '_private_jobs'`,
    );
    return rows[0] ?? { readInSequence: -1, byIndex: -1 };
  };

  it('looks through no other job, also where its plan was made when none waited', async () => {
    const queue = new GraphileJobQueue(database.pool);
    const client = await database.pool.connect();
    // Given an empty queue that Postgres knows well, and a connection that has enqueued often
    await client.query('vacuum analyze graphile_worker._private_jobs');
    for (let job = 0; job < 12; job += 1) await queue.enqueue(newJob('test.run', 'a'), client);
    // When many jobs wait
    await database.pool.query(
      `insert into graphile_worker._private_jobs (task_id, payload, priority)
       select id, '{"workspaceId":"one"}', -20000 from graphile_worker._private_tasks, generate_series(1, 5000)`,
    );
    const before = await looks();
    for (let job = 0; job < 3; job += 1) await queue.enqueue(newJob('test.run', 'a'), client);
    // What a connection did is told at its end.
    client.release(true);
    // Then it finds its turn without reading them
    await eventually(async () => expect((await looks()).byIndex).toBeGreaterThanOrEqual(before.byIndex + 6));
    expect((await looks()).readInSequence).toBe(before.readInSequence);
    const { rows } = await database.pool.query<{ turn: number }>(
      'select max(priority)::int as turn from graphile_worker._private_jobs',
    );
    expect(rows).toEqual([{ turn: -19_997 }]);
  });
});
