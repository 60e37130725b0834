import { HarmonyError } from '@harmony/contracts';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { z } from 'zod';
import type { ScopedDatabase } from '../query-port.js';
import { sqlStateOf } from './database-error.js';
import { queryPrepared } from './prepared.js';
import { withClient } from './transaction.js';

const workspaceIds = z.guid();

/** A table or column: after an upgrade they come with the replay, until which the tables of before are read. */
const isMissing = (error: unknown): boolean => ['42P01', '42703'].includes(sqlStateOf(error) ?? '');

/**
 * Runs each query on a connection whose `harmony.workspace_id` is the caller's workspace. A connection keeps that setting
 * for its next user, so that only a change of workspace costs a statement of its own.
 */
export class PooledScopedDatabase implements ScopedDatabase {
  /** What was really set on a connection; forgotten with the connection. */
  private readonly workspaceOf = new WeakMap<PoolClient, string>();

  constructor(private readonly pool: Pool) {}

  async query<Result extends QueryResultRow>(
    workspaceId: string,
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<Result[]> {
    if (!workspaceIds.safeParse(workspaceId).success)
      throw new HarmonyError('INTERNAL', { detail: 'A query has no workspace.' });
    return withClient(this.pool, async (client) => {
      await this.enter(client, workspaceId);
      try {
        return (await queryPrepared<Result>(client, sql, parameters)).rows;
      } catch (error) {
        throw isMissing(error) ? new HarmonyError('READ_MODEL_REBUILDING', { cause: error }) : error;
      }
    });
  }

  private async enter(client: PoolClient, workspaceId: string): Promise<void> {
    if (this.workspaceOf.get(client) === workspaceId) return;
    this.workspaceOf.delete(client);
    await client.query("select set_config('harmony.workspace_id', $1, false)", [workspaceId]);
    this.workspaceOf.set(client, workspaceId);
  }
}
