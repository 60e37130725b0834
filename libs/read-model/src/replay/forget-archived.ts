import type pg from 'pg';
import { qualified, quoted } from '../database/identifiers.js';
import type { Projection } from '../port.js';
import { archiveSchema } from './swap.js';

/**
 * Removes from the tables of before the last replay every row whose key begins with this value: what is erased must not
 * stay behind there. Harmless where there are none.
 */
export async function forgetArchived(pool: pg.Pool, projection: Projection, key: string): Promise<void> {
  const archive = archiveSchema(projection);
  const { rows } = await pool.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = $1 and tablename = any($2)',
    [archive, projection.tables.map(({ name }) => name)],
  );
  const archived = new Set(rows.map(({ name }) => name));
  for (const { name, key: columns } of projection.tables) {
    const [column] = columns;
    if (column === undefined || !archived.has(name)) continue;
    await pool.query(`delete from ${qualified(archive, name)} where ${quoted(column)}::text = $1`, [key]);
  }
}
