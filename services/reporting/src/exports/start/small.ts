import type { ScopedDatabase } from '@harmony/read-model';
import type { PreparedExport } from '../write/prepare-export.js';

/** As many conversations are written while somebody waits for the answer. */
export const maximumConversationsAtOnce = 5_000;

/** Whether it is done at once; what is more is not counted. */
export async function isSmall(
  database: ScopedDatabase,
  { workspaceId, selection: { sql, parameters } }: PreparedExport,
): Promise<boolean> {
  const [row] = await database.query<{ count: number }>(
    workspaceId,
    `select count(*)::integer as count
       from (select from (${sql}) selected limit ${maximumConversationsAtOnce + 1}) counted`,
    parameters,
  );
  return (row?.count ?? 0) <= maximumConversationsAtOnce;
}
