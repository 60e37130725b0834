import { HarmonyError } from '@harmony/contracts';
import type { ClientBase, Pool, PoolClient } from 'pg';
import { asHarmonyError } from './database-error.js';

/**
 * Lends a connection of the pool to the work and gives it back; one that broke is thrown away, because the server's
 * farewell arrives before the end of the connection and the pool would hand it out once more.
 * @throws what the work throws, with lost connections and time limits as HarmonyErrors.
 */
export async function withClient<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect().catch((error: unknown) => {
    throw asHarmonyError(error);
  });
  let broken = false;
  try {
    return await work(client);
  } catch (error) {
    const meaning = asHarmonyError(error);
    broken = meaning instanceof HarmonyError && meaning.code === 'DATABASE_UNAVAILABLE';
    throw meaning;
  } finally {
    client.release(broken);
  }
}

/** Runs the work in one transaction on a connection of the pool; any error rolls it back and is thrown on. */
export const inTransaction = <Result>(pool: Pool, work: (client: ClientBase) => Promise<Result>): Promise<Result> =>
  withClient(pool, (client) => transactionOn(client, work));

/** Runs the work in one transaction on this connection. */
export async function transactionOn<Client extends ClientBase, Result>(
  client: Client,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  await client.query('begin');
  try {
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
