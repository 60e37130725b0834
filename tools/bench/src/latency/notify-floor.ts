import pg from 'pg';
import { WrongResult } from '../harness/bench.js';
import { withPostgres } from '../harness/postgres.js';

/** Milliseconds from `pg_notify` to its arrival at another connection: nothing that goes through Postgres is faster. */
export const notifyLatencies = (count: number): Promise<number[]> =>
  withPostgres(1, async ({ server, pool }) => {
    const listener = new pg.Client({ connectionString: server.url });
    await listener.connect();
    await listener.query('listen floor');
    try {
      const latencies: number[] = [];
      for (let number = 0; number < count; number += 1) {
        const arrival = new Promise<{ at: number; payload: string | undefined }>((resolve) => {
          listener.once('notification', ({ payload }: pg.Notification) => resolve({ at: performance.now(), payload }));
        });
        const sentAt = performance.now();
        await pool.query("select pg_notify('floor', $1)", [String(number)]);
        const { at, payload } = await arrival;
        if (payload !== String(number)) throw new WrongResult(`Notice ${payload} came instead of ${number}.`);
        latencies.push(at - sentAt);
      }
      return latencies;
    } finally {
      await listener.end();
    }
  });
