import { escapeLiteral, type ClientBase } from 'pg';
import { qualified, quoted } from '../database/identifiers.js';
import { servingRole, workerRole } from '../database/settings.js';
import type { ProjectedTable } from '../port.js';

/** What the catalogue of Postgres says about one table, or about a view, which counts as a table without workspaces. */
export interface TableSecurity {
  readonly schema: string;
  readonly name: string;
  /** Type of the column `workspace_id`; null for a table without one. */
  readonly workspaceType: string | null;
  readonly policies: readonly string[];
  /** What the policy for readers asks; null where it is not there yet. */
  readonly servingCondition: string | null;
  /** See `ProjectedTable`. */
  readonly isReadWhole: boolean;
  readonly forced: boolean;
  readonly workerMayWrite: boolean;
  readonly servingMayRead: boolean;
}

type InCatalogue = Omit<TableSecurity, 'isReadWhole'>;

const servingPolicy = 'harmony_serving_reads_one_workspace';
const workerPolicy = 'harmony_worker_sees_all';

/**
 * The statements that are still missing: the worker reads and writes every table; a table with `workspace_id` shows the
 * serving role the rows of one workspace, forced also for the owner; other tables are not for the serving role.
 */
export function securityStatements(table: TableSecurity): string[] {
  const target = qualified(table.schema, table.name);
  const statements: string[] = [];
  if (!table.workerMayWrite) statements.push(`grant select, insert, update, delete on ${target} to ${workerRole}`);
  if (table.workspaceType === null) return statements;
  if (!table.policies.includes(workerPolicy)) {
    statements.push(`create policy ${workerPolicy} on ${target} to ${workerRole} using (true) with check (true)`);
  }
  const setting = `nullif(current_setting('harmony.workspace_id', true), '')::${table.workspaceType}`;
  const condition = `using (workspace_id = ${table.isReadWhole ? `(select ${setting})` : setting})`;
  if (table.servingCondition === null) {
    statements.push(`create policy ${servingPolicy} on ${target} for select to ${servingRole} ${condition}`);
  } else if (/select/i.test(table.servingCondition) !== table.isReadWhole) {
    statements.push(`alter policy ${servingPolicy} on ${target} ${condition}`);
  }
  if (!table.forced) {
    statements.push(`alter table ${target} enable row level security, force row level security`);
  }
  if (!table.servingMayRead) statements.push(`grant select on ${target} to ${servingRole}`);
  return statements;
}

/**
 * Brings one schema to that state; touches nothing that is right already.
 * @param readWhole names of the tables of which statements read most
 */
export async function secureSchema(
  client: ClientBase,
  schema: string,
  readWhole: ReadonlySet<string> = new Set(),
): Promise<void> {
  const roles = `${workerRole}, ${servingRole}`;
  await client.query(`grant usage on schema ${quoted(schema)} to ${roles}`);
  await client.query(`grant usage, select on all sequences in schema ${quoted(schema)} to ${workerRole}`);
  for (const table of await readSecurity(client, schema)) {
    await apply(client, { ...table, isReadWhole: readWhole.has(table.name) });
  }
}

/** The same for one table, wherever it stands. */
export async function secureTable(
  client: ClientBase,
  schema: string,
  { name, isReadWhole = false }: Pick<ProjectedTable, 'name' | 'isReadWhole'>,
): Promise<void> {
  const tables = await readSecurity(client, schema);
  for (const table of tables.filter((candidate) => candidate.name === name)) {
    await apply(client, { ...table, isReadWhole });
  }
}

async function apply(client: ClientBase, table: TableSecurity): Promise<void> {
  for (const statement of securityStatements(table)) await client.query(statement);
}

async function readSecurity(client: ClientBase, schema: string): Promise<InCatalogue[]> {
  const { rows } = await client.query<InCatalogue>(
    `select n.nspname as schema, c.relname as name,
            (select a.atttypid::regtype::text from pg_attribute a
              where a.attrelid = c.oid and c.relkind <> 'v' and a.attname = 'workspace_id' and not a.attisdropped) as "workspaceType",
            array(select p.polname::text from pg_policy p where p.polrelid = c.oid) as policies,
            (select pg_get_expr(p.polqual, p.polrelid) from pg_policy p
              where p.polrelid = c.oid and p.polname = ${escapeLiteral(servingPolicy)}) as "servingCondition",
            c.relrowsecurity and c.relforcerowsecurity as forced,
            has_table_privilege(${escapeLiteral(workerRole)}, c.oid, 'insert') as "workerMayWrite",
            has_table_privilege(${escapeLiteral(servingRole)}, c.oid, 'select') as "servingMayRead"
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = $1 and c.relkind in ('r', 'p', 'v')
      order by c.relname`,
    [schema],
  );
  return rows;
}
