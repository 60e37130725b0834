import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { createEnqueueFunction } from './enqueue-function.js';

/** The role of the worker pools; where it does not exist (yet), nothing is granted. */
const workerRole = 'harmony_worker';

/** For the place in line of a workspace: its highest turn, without reading its jobs. */
const turnIndex = `create index if not exists harmony_turns
  on graphile_worker._private_jobs ((payload ->> 'workspaceId'), priority) where is_available`;

const grants = [
  `grant usage on schema graphile_worker to ${workerRole}`,
  `grant select, insert, update, delete on all tables in schema graphile_worker to ${workerRole}`,
  `grant execute on all functions in schema graphile_worker to ${workerRole}`,
];

/**
 * Makes or upgrades schema `graphile_worker` as the login user, and lets the worker role use it: graphile-worker turns
 * row-level security on for its tables, so the role needs policies beside grants. Repeating it is harmless, and so are
 * several processes that start at once.
 */
export async function prepareJobs(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtextextended('harmony_prepare_jobs', 0))`);
    await runMigrations({ connectionString, maxPoolSize: 1, logger: new Logger(() => () => undefined) });
    await client.query(turnIndex);
    await client.query(createEnqueueFunction);
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [workerRole]);
    if (rowCount === 1) await grantToWorker(client);
  } finally {
    await client.end();
  }
}

async function grantToWorker(client: pg.Client): Promise<void> {
  for (const grant of grants) await client.query(grant);
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity
        and not exists (select 1 from pg_policy where polrelid = pg_class.oid and polname = '${workerRole}')`,
  );
  for (const { name } of rows) {
    const table = `graphile_worker.${client.escapeIdentifier(name)}`;
    await client.query(`create policy ${workerRole} on ${table} to ${workerRole} using (true) with check (true)`);
  }
}
