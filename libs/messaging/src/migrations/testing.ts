import type { Pool } from 'pg';
import type { QueryRunner } from 'typeorm';
import { messagingMigrations } from './index.js';

/** Schema `messaging` in a test's database, without the runner of migrations, which is not this library's. */
export async function migrateMessaging(pool: Pool): Promise<void> {
  const runner = { query: (sql: string) => pool.query(sql) } as unknown as QueryRunner;
  for (const Migration of messagingMigrations.migrations) await new Migration().up(runner);
}
