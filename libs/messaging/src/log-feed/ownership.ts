import type pg from 'pg';
import { dedicatedClient, queryError } from '../database/database.js';
import { pause } from '../runtime/pause.js';

/** The right to read for a consumer group, as long as the connection that holds it lives. */
export interface Ownership {
  /** Aborted when the right is lost. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

/**
 * Waits until no other instance owns the consumer group. The lock belongs to a session of its own that idles, so that
 * Postgres frees it the moment its owner dies. Asked for again and again rather than waited for in the server: a
 * statement that waits would hold back the clean-up of the whole database.
 * @returns undefined if the signal was aborted first.
 * @throws HarmonyError DATABASE_UNAVAILABLE
 */
export async function ownership(
  pool: pg.Pool,
  consumer: string,
  askEveryMs: number,
  signal: AbortSignal,
): Promise<Ownership | undefined> {
  const client = await dedicatedClient(pool);
  const lost = new AbortController();
  client.on('end', () => lost.abort());
  const release = async (): Promise<void> => client.end();
  while (!signal.aborted && !lost.signal.aborted) {
    if (await tryLock(client, consumer)) return { lost: lost.signal, release };
    await pause(askEveryMs, signal);
  }
  await release();
  return undefined;
}

async function tryLock(client: pg.Client, consumer: string): Promise<boolean> {
  const sql = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as owner';
  try {
    const { rows } = await client.query<{ owner: boolean }>(sql, [`harmony_log_feed ${consumer}`]);
    return rows[0]?.owner === true;
  } catch (error) {
    await client.end();
    throw queryError(error);
  }
}
