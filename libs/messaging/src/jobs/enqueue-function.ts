import { jobChannel } from './job-notices.js';

export const enqueueFunction = 'graphile_worker.harmony_enqueue';

/**
 * Start-time fair queueing (Goyal, Vin and Cheng, 1996) over workspaces: a job's turn is one after its workspace's last
 * waiting one, and never before what is served now. So a workspace that floods the queue waits behind itself. Without
 * locks: two jobs that are enqueued at the same moment may share a turn. What is not due yet holds up nobody.
 *
 * A function, since Postgres would plan the statement each time, which takes as long as to run it. The plan that is kept
 * may be made while no job waits, and must look jobs up by their index all the same when many do.
 */
export const createEnqueueFunction = `
  create or replace function ${enqueueFunction}(
    tasks text[], bodies text[], workspaces text[], keys text[], firsts int[], lasts int[], dues timestamptz[],
    most_attempts int)
  returns void language plpgsql set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
  begin
    perform pg_notify('${jobChannel}', concat_ws(' ', placed.task,
              ceil(extract(epoch from greatest(placed.due - clock_timestamp(), '0')) * 1000), placed.key))
       from (
        with wanted as (
          select * from unnest(tasks, bodies, workspaces, keys, firsts, lasts, dues)
            with ordinality as wanted(task, body, workspace, key, first, last, due, place)),
        lines as materialized (
          select own.workspace, own.first, own.last, greatest(own.first,
              (select max(jobs.priority) + 1 from graphile_worker._private_jobs jobs
                where jobs.is_available and jobs.payload ->> 'workspaceId' = own.workspace
                  and jobs.priority between own.first and own.last and (jobs.run_at <= now() or jobs.attempts > 0)),
              (select jobs.priority from graphile_worker._private_jobs jobs
                where jobs.is_available and jobs.run_at <= now() and jobs.priority between own.first and own.last
                order by jobs.priority, jobs.run_at limit 1)) as turn
            from (select distinct wanted.workspace, wanted.first, wanted.last from wanted) as own)
        select wanted.*,
               lines.turn + row_number() over (partition by wanted.workspace, wanted.first order by wanted.place) - 1 as turn
          from wanted join lines using (workspace, first, last)
         order by wanted.place) as placed
      cross join lateral graphile_worker.add_job(
        identifier => placed.task,
        payload => placed.body::json,
        job_key => placed.key,
        job_key_mode => 'unsafe_dedupe',
        max_attempts => most_attempts,
        run_at => placed.due,
        priority => least(placed.last, placed.turn)::int);
  end $$`;
