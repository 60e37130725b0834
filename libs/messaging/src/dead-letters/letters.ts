import { HarmonyError } from '@harmony/contracts';
import type { Pool } from 'pg';
import { storableText } from '../database/database.js';
import type { Delivery } from '../port.js';
import type { Message } from '../runtime/message.js';
import type { DeadLetterDepth } from '../runtime/observer.js';

/** Why and how often a message failed. */
export interface Death {
  readonly error: unknown;
  readonly attempts: number;
  readonly firstFailedAt: Date;
}

/** A letter that is to be handled again, as the delivery that it was. */
export interface Redrive {
  readonly sequence: string;
  readonly delivery: Delivery;
}

export const unresolved = `state in ('dead', 'waiting', 'requested')`;

/** A code for programs: of the catalogue, or the class of a foreign error. */
export function causeCode(error: unknown): string {
  if (error instanceof HarmonyError) return error.code;
  return error instanceof Error ? error.constructor.name : typeof error;
}

const causeDetail = (error: unknown): string => storableText(error instanceof Error ? error.message : String(error));

/** One consumer's dead letters, as its runtime writes and re-drives them. */
export class Letters {
  constructor(
    private readonly pool: Pool,
    private readonly consumer: string,
  ) {}

  /** Keeps a message that failed. Keeping the same message twice is harmless. */
  async bury(message: Message, death: Death, parks: boolean): Promise<void> {
    await this.pool.query(
      `insert into messaging.dead_letters
         (consumer, key, message_id, event_id, event_type, origin, raw, parks, state,
          cause_code, cause_detail, attempts, first_failed_at, last_failed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'dead', $9, $10, $11, $12, greatest(now(), $12))
       on conflict (consumer, message_id) do nothing`,
      [
        ...this.#identity(message),
        parks,
        causeCode(death.error),
        causeDetail(death.error),
        death.attempts,
        death.firstFailedAt,
      ],
    );
  }

  /** Puts a message behind the ones that wait for its key; false, and nothing kept, if the key is not parked any more. */
  async appendIfParked(message: Message): Promise<boolean> {
    const { rows } = await this.pool.query<{ sequence: string | null }>(
      `with head as (
         select sequence from messaging.dead_letters
          where consumer = $1 and key = $2 and parks and ${unresolved} order by sequence limit 1),
       kept as (
         insert into messaging.dead_letters
           (consumer, key, message_id, event_id, event_type, origin, raw, parks, state,
            cause_code, cause_detail, attempts, first_failed_at, last_failed_at)
         select $1, $2, $3, $4, $5, $6, $7, true, 'waiting',
                'WAITING_BEHIND', 'Waits behind dead letter ' || sequence || '.', 0, now(), now() from head
         on conflict (consumer, message_id) do nothing)
       select sequence from head`,
      this.#identity(message),
    );
    return rows.length > 0;
  }

  /** Keys in which a letter can be handled now: one was requested, or what it waited for is resolved. */
  async keysToRedrive(limit: number): Promise<string[]> {
    const { rows } = await this.pool.query<{ key: string }>(
      `select key from (
         select distinct on (key) key, state from messaging.dead_letters
          where consumer = $1 and parks and ${unresolved} order by key, sequence) head
        where state <> 'dead'
       union
       select key from messaging.dead_letters where consumer = $1 and not parks and state = 'requested'
       limit $2`,
      [this.consumer, limit],
    );
    return rows.map((row) => row.key);
  }

  /** The oldest letter of the key that can be handled now. */
  async nextToRedrive(key: string): Promise<Redrive | undefined> {
    const { rows } = await this.pool.query<{ sequence: string; event_id: string | null; origin: string; raw: unknown }>(
      `select sequence, event_id, origin, raw from (
         (select * from messaging.dead_letters
           where consumer = $1 and key = $2 and parks and ${unresolved} order by sequence limit 1)
         union all
         (select * from messaging.dead_letters
           where consumer = $1 and key = $2 and not parks and state = 'requested' order by sequence limit 1)) head
        where state <> 'dead' order by sequence limit 1`,
      [this.consumer, key],
    );
    const [row] = rows;
    if (!row) return undefined;
    const { sequence, origin, raw } = row;
    const delivery = { key, raw, origin, eventId: row.event_id ?? undefined, bytes: 0, partition: '', offset: '' };
    return { sequence, delivery };
  }

  async resolve(sequence: string): Promise<void> {
    const sql = `update messaging.dead_letters set state = 'handled', resolved_at = now(), resolved_by = $2
                  where sequence = $1`;
    await this.pool.query(sql, [sequence, this.consumer]);
  }

  async buryAgain(sequence: string, death: Death): Promise<void> {
    const sql = `update messaging.dead_letters set state = 'dead', cause_code = $2, cause_detail = $3,
                  attempts = attempts + $4, last_failed_at = greatest(now(), first_failed_at) where sequence = $1`;
    await this.pool.query(sql, [sequence, causeCode(death.error), causeDetail(death.error), death.attempts]);
  }

  async depth(): Promise<DeadLetterDepth> {
    return depthOf(this.pool, this.consumer);
  }

  #identity({ delivery, eventId, type, messageId }: Message): unknown[] {
    const { key, origin, raw } = delivery;
    const text = [this.consumer, key, messageId, eventId, type, origin];
    const stored = text.map((value) => (value === undefined ? null : storableText(value)));
    return [...stored, JSON.stringify(raw ?? null)];
  }
}

export async function depthOf(pool: Pool, consumer?: string): Promise<DeadLetterDepth> {
  const { rows } = await pool.query<{ dead: number; waiting: number }>(
    `select count(*) filter (where state <> 'waiting')::int as dead, count(*) filter (where state = 'waiting')::int as waiting
       from messaging.dead_letters where ${unresolved} and ($1::text is null or consumer = $1)`,
    [consumer ?? null],
  );
  return rows[0] ?? { dead: 0, waiting: 0 };
}
