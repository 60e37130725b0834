import { HarmonyError } from '@harmony/contracts';
import pg from 'pg';

const noop = (): void => undefined;

/** SQLSTATE classes and codes, and system error codes, of what passes by itself. */
const passing =
  /^(08...|53...|57P0[1-5]|40001|40P01|55P03|25P0[34]|ECONN[A-Z]+|EPIPE|ETIMEDOUT|E(HOST|NET)UNREACH|EAI_AGAIN)$/;

/** An error of the driver as one of the catalogue where it may pass by itself; anything else as it is. */
export function databaseError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (error instanceof HarmonyError || typeof code !== 'string' || !passing.test(code)) return error;
  return new HarmonyError('DATABASE_UNAVAILABLE', { cause: error });
}

/** The same for the error of a query: what has no code of the server's did not come from it, so the connection broke. */
export function queryError(error: unknown): unknown {
  const answered = error instanceof HarmonyError || error instanceof pg.DatabaseError;
  return answered ? databaseError(error) : new HarmonyError('DATABASE_UNAVAILABLE', { cause: error });
}

/**
 * Runs a statement and then work in one transaction; the statement goes out with its begin, and the work is told how many
 * rows it changed.
 * @throws HarmonyError DATABASE_UNAVAILABLE where the connection failed; whatever the work throws otherwise.
 */
export async function inTransaction<Result>(
  pool: pg.Pool,
  statement: string,
  work: (client: pg.PoolClient, changed: number) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw new HarmonyError('DATABASE_UNAVAILABLE', { cause });
  });
  client.on('error', noop);
  let broken: Error | undefined;
  try {
    const begun: pg.QueryResult | pg.QueryResult[] = await client.query(`begin; ${statement}`);
    const result = await work(client, [begun].flat().at(-1)?.rowCount ?? 0);
    await client.query('commit');
    return result;
  } catch (error) {
    broken = await client.query('rollback').then(
      () => undefined,
      (failure: Error) => failure,
    );
    if (broken && !(error instanceof HarmonyError)) throw new HarmonyError('DATABASE_UNAVAILABLE', { cause: error });
    throw databaseError(error);
  } finally {
    client.removeListener('error', noop);
    client.release(broken);
  }
}

/** A connection of its own beside the pool, with the pool's options: for session locks and notifications, which idle. */
export async function dedicatedClient(pool: pg.Pool): Promise<pg.Client> {
  const client = new pg.Client(pool.options);
  client.on('error', noop);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    await client.end().catch(noop);
    throw new HarmonyError('DATABASE_UNAVAILABLE', { cause });
  }
}

/** Postgres text holds no NUL character; a key or a cause that has one is kept readable without it. */
export const storableText = (text: string): string => text.replaceAll('\u0000', '\uFFFD');
