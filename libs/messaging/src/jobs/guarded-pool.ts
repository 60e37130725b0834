import type { Pool, PoolClient } from 'pg';
import type { Nudges } from './nudges.js';

type Connected = (error: Error | undefined, client: PoolClient | undefined, release: (error?: Error) => void) => void;

const guarded = new WeakSet<PoolClient>();
const noop = (): void => undefined;

/**
 * The pool as graphile-worker 0.16 can be trusted with it when connections break: it leaves clients without a listener
 * for errors, and it may release its listening client twice when it is shut down meanwhile. Each would end the process.
 * The listening client, the only one that it asks for with a callback, hears of new jobs through the nudges.
 */
export function guardedPool(pool: Pool, nudges: Nudges): Pool {
  const guard = (client: PoolClient): PoolClient => {
    if (!guarded.has(client)) client.on('error', noop);
    guarded.add(client);
    return client;
  };
  const connect = (callback?: Connected): Promise<PoolClient> | void => {
    if (!callback) return pool.connect().then(guard);
    pool.connect((error, client, release) => callback(error, client && nudges.slowed(guard(client)), once(release)));
  };
  return new Proxy(pool, {
    get: (target, property) => (property === 'connect' ? connect : (Reflect.get(target, property, target) as unknown)),
  });
}

function once(release: (error?: Error) => void): (error?: Error) => void {
  let released = false;
  return (error) => {
    if (!released) release(error);
    released = true;
  };
}
