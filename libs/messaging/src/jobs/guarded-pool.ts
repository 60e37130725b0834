import { HarmonyError } from '@harmony/contracts';
import pg, { type Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import type { Nudges } from './nudges.js';

type Connected = (error: undefined, client: Nudges, release: () => void) => void;

const guarded = new WeakSet<PoolClient>();
const noop = (): void => undefined;

/**
 * The pool as graphile-worker 0.16 can be trusted with it when connections break: it leaves clients without a listener
 * for errors, which would end the process. The client that it wants to listen with, the only one that it asks for with a
 * callback, is no connection: it hears of new jobs through the nudges.
 */
export function guardedPool(pool: Pool, nudges: Nudges): Pool {
  const guard = (client: PoolClient): PoolClient => {
    if (!guarded.has(client)) client.on('error', noop);
    guarded.add(client);
    return endingLooks(client);
  };
  const connect = (callback?: Connected): Promise<PoolClient> | void => {
    if (!callback) return pool.connect().then(guard);
    callback(undefined, nudges, noop);
  };
  return new Proxy(pool, {
    get: (target, property) => (property === 'connect' ? connect : (Reflect.get(target, property, target) as unknown)),
  });
}

/**
 * graphile-worker repeats some failed looks for a job by itself, by the code of the error. One whose connection broke may
 * have found a job, which the next one would not find again, so it has to fail as a look: see `DoubtfulClaims`.
 */
function endingLooks(client: PoolClient): PoolClient {
  const query = async (...asked: [QueryConfig]): Promise<QueryResult> => {
    try {
      return await client.query(...asked);
    } catch (error) {
      if (error instanceof pg.DatabaseError || !asked[0].name?.startsWith('get_job')) throw error;
      throw new HarmonyError('DATABASE_UNAVAILABLE', { cause: error });
    }
  };
  return new Proxy(client, {
    get: (target, property) => {
      if (property === 'query') return query;
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
