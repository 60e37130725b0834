import type { ClientBase, Pool } from 'pg';
import { inTransaction } from '../database/database.js';

interface Mark {
  readonly eventId: string;
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}

const insert = `insert into messaging.inbox (consumer, event_id)
  select $1, event_id from unnest($2::uuid[]) as event_id on conflict do nothing`;

/** Which events a consumer has handled: what turns at-least-once delivery into an effect that happens once. */
export class Inbox {
  #waiting: Mark[] = [];
  #writing = false;

  constructor(
    private readonly pool: Pool,
    private readonly consumer: string,
  ) {}

  /** Runs the work and marks the event, in one transaction; false, and no work, if it was marked already. */
  async once(eventId: string, work: (transaction: ClientBase) => Promise<void>): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      const { rowCount } = await client.query(insert, [this.consumer, [eventId]]);
      if (rowCount === 0) return false;
      await work(client);
      return true;
    });
  }

  /** Marks an event as handled. Calls made while a write is under way share the next one. */
  mark(eventId: string): Promise<void> {
    return new Promise<void>((written, failed) => {
      this.#waiting.push({ eventId, written, failed });
      if (!this.#writing) void this.#write();
    });
  }

  async has(eventId: string): Promise<boolean> {
    const sql = 'select 1 from messaging.inbox where consumer = $1 and event_id = $2::uuid';
    const { rowCount } = await this.pool.query(sql, [this.consumer, eventId]);
    return rowCount === 1;
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const marks = this.#waiting.splice(0);
      try {
        await this.pool.query(insert, [this.consumer, marks.map((mark) => mark.eventId)]);
        for (const mark of marks) mark.written();
      } catch (error) {
        for (const mark of marks) mark.failed(error);
      }
    }
    this.#writing = false;
  }
}

/**
 * Forgets marks older than this. Keep them for longer than any redelivery can reach back: the retention
 * of the topics, and the longest outage of a consumer.
 */
export async function pruneInbox(pool: Pool, olderThanDays: number): Promise<number> {
  const sql = 'delete from messaging.inbox where handled_at < now() - make_interval(days => $1)';
  const { rowCount } = await pool.query(sql, [olderThanDays]);
  return rowCount ?? 0;
}
