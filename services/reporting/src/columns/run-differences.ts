import type { ScopedDatabase } from '@harmony/read-model';
import { inForceSql } from '../read-model/in-force.js';
import { Parameters } from '../read-model/sql.js';
import type { ProjectMoment } from './load-conversations.js';
import type { MutableColumns } from './mutable-columns.js';

/** The driver parses what one answer holds in one go, which must not take long. */
const pageSize = 1_000;

const coveredSql = `
  select distinct conversation_id as id from reporting.runs
   where revision_id = any($1::uuid[]) and ($2::uuid is null or conversation_id > $2)
   order by conversation_id limit ${pageSize}`;

/**
 * The conversations, a page at a time, that count with another run at the moment than in columns which know all but
 * these revisions: what another choice of live revisions can change, and no more.
 */
export async function* runDifferences(
  database: ScopedDatabase,
  of: ProjectMoment,
  columns: MutableColumns,
  revisionIds: readonly string[],
): AsyncGenerator<string[]> {
  for (let after: string | null = null, ids: string[] = []; ; after = ids.at(-1) ?? null) {
    const covered: { id: string }[] = await database.query(of.workspaceId, coveredSql, [revisionIds, after]);
    ids = covered.map(({ id }) => id);
    const inForce = await runsInForce(database, of, ids);
    yield ids.filter((id) => inForce.get(id) !== columns.runOf(id));
    if (ids.length < pageSize) return;
  }
}

async function runsInForce(
  database: ScopedDatabase,
  { workspaceId, projectId, moment }: ProjectMoment,
  conversationIds: readonly string[],
): Promise<Map<string, string>> {
  if (conversationIds.length === 0) return new Map();
  const parameters = new Parameters(1);
  const ids = parameters.add(conversationIds);
  const inForce = parameters.include((first) => inForceSql(projectId, moment, first));
  const rows = await database.query<{ id: string; run: string }>(
    workspaceId,
    `select f.conversation_id as id, f.run_id as run from (${inForce}) f where f.conversation_id = any(${ids}::uuid[])`,
    parameters.values,
  );
  return new Map(rows.map(({ id, run }) => [id, run]));
}
