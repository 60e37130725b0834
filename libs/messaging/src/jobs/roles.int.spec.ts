import { createTestDatabase, eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { migrate } from '@harmony/read-model';
import { messagingMigrations } from '../migrations/index.js';
import { GraphileJobQueue } from './graphile-job-queue.js';
import { prepareJobs } from './prepare-jobs.js';
import { definition, newJob, quickRunner } from '../testing/jobs.js';
import { jobStatistics } from './statistics.js';

jest.setTimeout(60_000);

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrate(database.url, [messagingMigrations]);
  await Promise.all([prepareJobs(database.url), prepareJobs(database.url)]);
  pool = new pg.Pool({ connectionString: database.url, options: '-c role=harmony_worker', max: 20 });
  pool.on('error', () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('jobs are enqueued, run and counted under the worker role, which owns nothing', async () => {
  const ran: string[] = [];
  const { rows } = await pool.query('select current_user as role');
  expect(rows).toEqual([{ role: 'harmony_worker' }]);
  const queue = new GraphileJobQueue(pool);
  await queue.enqueue(newJob('role.run', 'a'));
  await queue.enqueue(newJob('role.unknown', 'a'));
  const runner = quickRunner({ pool, definitions: [definition('role.run', async (tag) => void ran.push(tag))] });
  runner.start();
  await eventually(() => expect(ran).toEqual(['a']));
  await runner.stop();
  expect(await jobStatistics(pool)).toEqual([{ name: 'role.unknown', waiting: 1, running: 0, failed: 0 }]);
  const { rowCount } = await pool.query('select 1 from messaging.job_workers');
  expect(rowCount).toBe(0);
});
