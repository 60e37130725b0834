import { DataSource } from 'typeorm';
import pg from 'pg';
import { takeLock } from '../database/advisory-lock.js';
import { asHarmonyError } from '../database/database-error.js';
import { quoted } from '../database/identifiers.js';
import { connect } from '../database/open-database.js';
import { connectionOptions, ownerLimits } from '../database/settings.js';
import type { Projection } from '../port.js';
import { bookkeeping } from './bookkeeping.js';
import { createProjection, schemaOf } from './projection-tables.js';
import { ensureRoles } from './roles.js';
import type { SchemaMigrations } from './schema-migrations.js';
import { secureSchema } from './security.js';

/**
 * Brings a database to the state that this version of the code needs: roles, schemas, migrations, tables of projections
 * that are new, grants and row-level security. Safe to run at every start and by several processes at once: one works,
 * the others wait and find nothing left to do.
 * @throws HarmonyError DATABASE_UNAVAILABLE, or INVALID_CONFIGURATION when the user may not create the roles.
 */
export async function migrate(
  url: string,
  schemas: readonly SchemaMigrations[],
  projections: readonly Projection[] = [],
): Promise<void> {
  const client = await connect({ connectionString: url, application_name: 'harmony migrations' });
  try {
    await takeLock(client, 'harmony migrations');
    await ensureRoles(client);
    const all = [bookkeeping, ...schemas];
    for (const { schema, migrations } of all) await runMigrations(client, url, schema, migrations);
    for (const projection of projections) await createProjection(client, projection);
    const names = new Set([...all.map(({ schema }) => schema), ...projections.map(schemaOf)]);
    for (const schema of names) await secureSchema(client, schema, readWholeIn(schema, projections));
  } catch (error) {
    throw asHarmonyError(error);
  } finally {
    await client.end();
  }
}

const readWholeIn = (schema: string, projections: readonly Projection[]): ReadonlySet<string> =>
  new Set(
    projections
      .filter((projection) => schemaOf(projection) === schema)
      .flatMap(({ tables }) => tables.flatMap(({ name, isReadWhole }) => (isReadWhole ? [name] : []))),
  );

async function runMigrations(
  client: pg.Client,
  url: string,
  schema: string,
  migrations: SchemaMigrations['migrations'],
): Promise<void> {
  await client.query(`create schema if not exists ${quoted(schema)}`);
  if (migrations.length === 0) return;
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  const source = new DataSource({
    type: 'postgres',
    url,
    schema,
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    extra: { max: 1, options: `${connectionOptions(ownerLimits, rows[0]?.version ?? 0)} -c search_path=${schema}` },
  });
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}
