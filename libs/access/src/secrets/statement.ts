import { asHarmonyError, queryPrepared } from '@harmony/read-model';
import type { Pool, QueryResultRow } from 'pg';

/** Runs one statement under the worker role. @throws HarmonyError DATABASE_UNAVAILABLE and its kin. */
export async function statement<Row extends QueryResultRow>(
  pool: Pool,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  try {
    return (await queryPrepared<Row>(pool, sql, parameters)).rows;
  } catch (error) {
    throw asHarmonyError(error);
  }
}
