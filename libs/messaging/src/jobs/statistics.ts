import type { Pool } from 'pg';

export interface JobStatistics {
  readonly name: string;
  readonly waiting: number;
  readonly running: number;
  /** For good; kept in `messaging.failed_jobs`. */
  readonly failed: number;
}

/** What waits, runs and failed, by the name of the job. */
export async function jobStatistics(pool: Pool): Promise<JobStatistics[]> {
  const { rows } = await pool.query<JobStatistics>(
    `select name, sum(waiting)::int as waiting, sum(running)::int as running, sum(failed)::int as failed from (
       select split_part(task_identifier, '#', 1) as name, count(*) filter (where locked_at is null) as waiting,
              count(*) filter (where locked_at is not null) as running, 0 as failed
         from graphile_worker.jobs group by 1
       union all
       select name, 0, 0, count(*) from messaging.failed_jobs group by 1) as counted
     group by name order by name`,
  );
  return rows;
}
