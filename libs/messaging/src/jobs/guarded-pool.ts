import type { Pool, PoolClient } from 'pg';
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
    return client;
  };
  const connect = (callback?: Connected): Promise<PoolClient> | void => {
    if (!callback) return pool.connect().then(guard);
    callback(undefined, nudges, noop);
  };
  return new Proxy(pool, {
    get: (target, property) => (property === 'connect' ? connect : (Reflect.get(target, property, target) as unknown)),
  });
}
