import { escapeLiteral, type ClientBase, type Pool } from 'pg';
import { inTransaction } from '../database/database.js';
import { uuidList } from './uuid-list.js';

const insert = `insert into messaging.inbox (consumer, event_id) select $1, event_id from unnest($2::uuid[]) event_id`;
const insertMissing = `${insert} on conflict do nothing`;

/** Which events a consumer has handled: what turns at-least-once delivery into an effect that happens once. */
export class Inbox {
  constructor(
    private readonly pool: Pool,
    private readonly consumer: string,
  ) {}

  /** Runs the work and marks the event, in one transaction; false, and no work, if it was marked already. */
  async once(eventId: string, work: (transaction: ClientBase) => Promise<void>): Promise<boolean> {
    const mark = `insert into messaging.inbox (consumer, event_id)
      values (${escapeLiteral(this.consumer)}, ${escapeLiteral(eventId)}) on conflict do nothing`;
    return inTransaction(this.pool, mark, async (client, marked) => {
      if (marked === 0) return false;
      await work(client);
      return true;
    });
  }

  /**
   * Marks events as handled, all or none; marking twice is harmless. As a rule none of them is marked yet, and looking
   * first would cost as much as the write.
   */
  async mark(eventIds: readonly string[]): Promise<void> {
    const values = this.#values(eventIds);
    try {
      await this.pool.query({ name: 'messaging-mark', text: insert, values });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      await this.pool.query(insertMissing, values);
    }
  }

  async has(eventId: string): Promise<boolean> {
    const sql = 'select 1 from messaging.inbox where consumer = $1 and event_id = $2::uuid';
    const { rowCount } = await this.pool.query(sql, [this.consumer, eventId]);
    return rowCount === 1;
  }

  #values(eventIds: readonly string[]): [consumer: string, events: string] {
    return [this.consumer, uuidList(eventIds)];
  }
}

const isDuplicate = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === '23505';

/**
 * Forgets marks older than this. Keep them for longer than any redelivery can reach back: the retention
 * of the topics, and the longest outage of a consumer.
 */
export async function pruneInbox(pool: Pool, olderThanDays: number): Promise<number> {
  const sql = 'delete from messaging.inbox where handled_at < now() - make_interval(days => $1)';
  const { rowCount } = await pool.query(sql, [olderThanDays]);
  return rowCount ?? 0;
}
