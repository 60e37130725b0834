import type { ScopedDatabase } from '@harmony/read-model';
import type { Pool } from 'pg';

/** Reads of the read model of one workspace, whose id is the first parameter. */
export interface Reads {
  readonly workspaceId: string;
  readonly query: <Row extends object>(sql: string, parameters: readonly unknown[]) => Promise<Row[]>;
}

/** For jobs. @param signal once it is aborted, nothing more is read */
export const workerReads = (pool: Pool, workspaceId: string, signal?: AbortSignal): Reads => ({
  workspaceId,
  query: async <Row extends object>(sql: string, parameters: readonly unknown[]) => {
    signal?.throwIfAborted();
    return (await pool.query<Row>(sql, [...parameters])).rows;
  },
});

/** For people, under row-level security. */
export const scopedReads = (database: ScopedDatabase, workspaceId: string): Reads => ({
  workspaceId,
  query: (sql, parameters) => database.query(workspaceId, sql, parameters),
});
