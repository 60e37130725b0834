import { HarmonyError } from '@harmony/contracts';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { z } from 'zod';
import type { ScopedDatabase } from '../query-port.js';
import { queryPrepared } from './prepared.js';
import { withClient } from './transaction.js';

const workspaceIds = z.guid();

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
      return (await queryPrepared<Result>(client, sql, parameters)).rows;
    });
  }

  private async enter(client: PoolClient, workspaceId: string): Promise<void> {
    if (this.workspaceOf.get(client) === workspaceId) return;
    this.workspaceOf.delete(client);
    await client.query("select set_config('harmony.workspace_id', $1, false)", [workspaceId]);
    this.workspaceOf.set(client, workspaceId);
  }
}
