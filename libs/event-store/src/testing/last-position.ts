import { logStart, type LogPosition } from '../position.js';
import type { Pool } from 'pg';

/**
 * Where the last event stands that is stored in Postgres. The store's own `head` comes there a moment late while other
 * tests write to the same server, since it ends before the oldest open transaction.
 */
export async function lastPosition(pool: Pick<Pool, 'query'>): Promise<LogPosition> {
  const { rows } = await pool.query<{ major: string; minor: string }>(
    'select xid::text as major, pos::text as minor from event_store.events order by xid desc, pos desc limit 1',
  );
  return rows[0] ? { major: BigInt(rows[0].major), minor: BigInt(rows[0].minor) } : logStart;
}
