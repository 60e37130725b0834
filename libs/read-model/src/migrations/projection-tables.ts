import { HarmonyError } from '@harmony/contracts';
import type { ClientBase } from 'pg';
import { transactionOn } from '../database/transaction.js';
import { qualified, quoted } from '../database/identifiers.js';
import type { ProjectedTable, Projection } from '../port.js';

/** The schema that a projection's tables stand in: the part of its name before the dot. */
export function schemaOf(projection: Projection): string {
  const [schema, ...rest] = projection.name.split('.');
  if (!schema || rest.length !== 1) {
    throw new HarmonyError('INTERNAL', { detail: `Name a projection <service>.<name>, not ${projection.name}.` });
  }
  return schema;
}

export function createTableStatement(schema: string, { name, columns, key }: ProjectedTable): string {
  const definitions = Object.entries(columns).map(([column, type]) => `${quoted(column)} ${type}`);
  const primaryKey = `primary key (${key.map(quoted).join(', ')})`;
  return `create table ${qualified(schema, name)} (${[...definitions, primaryKey].join(', ')})`;
}

/** Secondary indexes; `concurrently` for a table that others read or a log whose readers must not wait. */
export function indexStatements(schema: string, table: ProjectedTable, concurrently = false): string[] {
  return (table.indexes ?? []).map(
    (index, position) =>
      `create index ${concurrently ? 'concurrently' : ''} ${quoted(`${table.name}_${position + 1}_idx`)} ` +
      `on ${qualified(schema, table.name)} ${index}`,
  );
}

/**
 * Creates the tables and the checkpoint of a projection that this database has not seen yet. One that it has seen in
 * another version keeps its tables until a replay has built the new ones.
 */
export async function createProjection(client: ClientBase, projection: Projection): Promise<void> {
  const schema = schemaOf(projection);
  await client.query(`create schema if not exists ${quoted(schema)}`);
  await transactionOn(client, async () => {
    const { rowCount } = await client.query(
      `insert into projections.checkpoints (name, version, tables) values ($1, $2, $3) on conflict do nothing`,
      [projection.name, projection.version, projection.tables.map(({ name }) => name)],
    );
    if (rowCount === 0) return;
    for (const table of projection.tables) {
      await client.query(createTableStatement(schema, table));
      for (const statement of indexStatements(schema, table)) await client.query(statement);
    }
  });
}
