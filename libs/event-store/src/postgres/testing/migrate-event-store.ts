import type { Pool } from 'pg';
import type { QueryRunner } from 'typeorm';
import { eventStoreMigrations } from '../schema/migrations.js';

/** Makes the log's schema in a test's own database, without the runner, which this library cannot depend on. */
export async function migrateEventStore(pool: Pool): Promise<void> {
  const runner = { query: (sql: string) => pool.query(sql) } as unknown as QueryRunner;
  for (const Migration of eventStoreMigrations.migrations) await new Migration().up(runner);
}
