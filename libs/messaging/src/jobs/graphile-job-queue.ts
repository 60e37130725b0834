import type { ClientBase, Pool } from 'pg';
import { queryError } from '../database/database.js';
import type { JobPriority, JobQueue, NewJob } from '../jobs-port.js';
import { taskOf, type JobEnvelope } from './envelope.js';
import { jobChannel } from './job-notices.js';

/** Of graphile-worker's priorities, lower first, these are for each class; a job's place in it is its turn. */
const turns: Readonly<Record<JobPriority, { readonly first: number; readonly last: number }>> = {
  live: { first: -30_000, last: -1 },
  revision: { first: 1, last: 30_000 },
};

/** The runner counts attempts itself and by class of error; graphile-worker must not give up before it does. */
const unlimitedAttempts = 30_000;

/**
 * Start-time fair queueing (Goyal, Vin and Cheng, 1996) over workspaces: a job's turn is one after its workspace's last
 * waiting one, and never before what is served now. So a workspace that floods the queue waits behind itself. Without
 * locks: two jobs that are enqueued at the same moment may share a turn. What is not due yet holds up nobody.
 */
const enqueue = `
  with waiting as (
    select max(priority) + 1 as own from graphile_worker._private_jobs
     where is_available and payload ->> 'workspaceId' = $3 and priority between $6 and $7
       and (run_at <= now() or attempts > 0)),
  served as (
    select priority as now from graphile_worker._private_jobs
     where is_available and run_at <= now() and priority between $6 and $7 order by priority, run_at limit 1)
  select pg_notify('${jobChannel}', $1 || ' ' || $4) from graphile_worker.add_job(
    identifier => $1,
    payload => $2::json,
    job_key => $4,
    job_key_mode => 'unsafe_dedupe',
    max_attempts => $5,
    run_at => $8::timestamptz,
    priority => least($7::int, greatest($6::int, (select own from waiting), (select now from served))))`;

/** The public function of graphile-worker looks once more that none of them has begun meanwhile. */
const cancel = `
  select count(*)::int as count from graphile_worker.complete_jobs(array(
    select id from graphile_worker._private_jobs
     where locked_at is null and payload ->> 'workspaceId' = $1 and (payload -> 'payload')::jsonb @> $2::jsonb))`;

/** Jobs in Postgres, in the schema that {@link prepareJobs} makes. */
export class GraphileJobQueue implements JobQueue {
  constructor(private readonly pool: Pool) {}

  async enqueue(job: NewJob, transaction?: ClientBase): Promise<void> {
    const { name, workspaceId, correlationId, key, priority, payload, notBefore } = job;
    const envelope: JobEnvelope = { workspaceId, correlationId, payload };
    const body = JSON.stringify(envelope);
    const { first, last } = turns[priority];
    try {
      const task = taskOf(name, priority);
      const due = notBefore ?? null;
      const values = [task, body, workspaceId, `${name}:${key}`, unlimitedAttempts, first, last, due];
      await (transaction ?? this.pool).query({ name: 'messaging-enqueue', text: enqueue, values });
    } catch (error) {
      throw queryError(error);
    }
  }

  async cancel(workspaceId: string, payload: Readonly<Record<string, string>>): Promise<number> {
    try {
      const { rows } = await this.pool.query<{ count: number }>(cancel, [workspaceId, JSON.stringify(payload)]);
      return rows[0]?.count ?? 0;
    } catch (error) {
      throw queryError(error);
    }
  }
}
