import { createTestDatabase, type TestDatabase } from '@harmony/testing';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { JobContext, JobDefinition, NewJob } from '../jobs-port.js';
import { migrateMessaging } from '../migrations/testing.js';
import { GraphileJobRunner, type JobRunnerOptions } from '../jobs/graphile-job-runner.js';
import { prepareJobs } from '../jobs/prepare-jobs.js';

/** A database with both schemas. */
export async function createJobsDatabase(): Promise<TestDatabase> {
  const database = await createTestDatabase();
  await migrateMessaging(database.pool);
  await prepareJobs(database.url);
  return database;
}

const payload = z.object({ tag: z.string() });
type Payload = z.output<typeof payload>;

type Run = (tag: string, context: JobContext) => Promise<void>;

/** A job whose payload is a tag. */
export function definition(name: string, run: Run, more: Partial<JobDefinition<Payload>> = {}): JobDefinition {
  return {
    name,
    payload,
    attempts: 3,
    timeLimitMs: 60_000,
    run: ({ tag }: Payload, context: JobContext) => run(tag, context),
    ...more,
  };
}

export const newJob = (name: string, tag: string, more: Partial<NewJob> = {}): NewJob => ({
  name,
  workspaceId: 'one',
  correlationId: `correlation of ${tag}`,
  key: randomUUID(),
  priority: 'live',
  payload: { tag },
  ...more,
});

/** A runner that looks often and waits for little. */
export const quickRunner = (options: JobRunnerOptions): GraphileJobRunner =>
  new GraphileJobRunner({ pollMs: 50, beatMs: 50, deadAfterMs: 60_000, drainMs: 50, graceMs: 200, ...options });

/** Retries are due after seconds of graphile-worker's backoff; a test does not wait for them. */
export async function makeRetriesDue(database: TestDatabase): Promise<void> {
  await database.pool.query('update graphile_worker._private_jobs set run_at = now() where locked_at is null');
}
