import type { Pool } from 'pg';
import type { DeadLetterDepth } from '../runtime/observer.js';
import { depthOf } from './letters.js';

/** `dead`: failed itself; `waiting`: behind one of its key; `requested`: the consumer will handle it again. */
export type DeadLetterState = 'dead' | 'waiting' | 'requested' | 'handled' | 'discarded';

export interface DeadLetter {
  /** Grows with time; order of handling within a key. */
  readonly id: string;
  readonly consumer: string;
  readonly key: string;
  readonly eventId: string | undefined;
  readonly eventType: string | undefined;
  /** Where the message came from. */
  readonly origin: string;
  /** The message, whole. May hold what people said: show it to operators only. */
  readonly raw: unknown;
  readonly state: DeadLetterState;
  readonly causeCode: string;
  readonly causeDetail: string;
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
  readonly resolvedBy: string | undefined;
  readonly note: string | undefined;
}

export interface DeadLetterFilter {
  readonly consumer?: string;
  readonly key?: string;
  /** Absent: the unresolved ones. */
  readonly states?: readonly DeadLetterState[];
  /** 100 if absent. */
  readonly limit?: number;
}

export interface RedriveRequest {
  readonly consumer?: string;
  readonly ids?: readonly string[];
  /** At most this many; 100 if absent, and never more than {@link redriveCap}. */
  readonly limit?: number;
  /** Who asks, for the record. */
  readonly by: string;
}

export interface Discard {
  readonly ids: readonly string[];
  readonly by: string;
  readonly reason: string;
}

/** Letters that one request may re-drive: a mistake must not become a flood. */
export const redriveCap = 1000;

/** Where a consumer listens for re-drives; the payload is its name. */
export const redriveChannel = 'harmony_dead_letters';

const unresolvedStates: readonly DeadLetterState[] = ['dead', 'waiting', 'requested'];

/** The dead letters of all consumers, for operators. Re-driving and discarding only mark: the consumer that owns them acts. */
export class DeadLetters {
  constructor(private readonly pool: Pool) {}

  /** Oldest first. */
  async list({ consumer, key, states = unresolvedStates, limit = 100 }: DeadLetterFilter = {}): Promise<DeadLetter[]> {
    const { rows } = await this.pool.query<Row>(
      `select sequence, consumer, key, event_id, event_type, origin, raw, state, cause_code, cause_detail, attempts,
              first_failed_at, last_failed_at, resolved_by, note
         from messaging.dead_letters
        where ($1::text is null or consumer = $1) and ($2::text is null or key = $2) and state = any($3::text[])
        order by sequence limit $4`,
      [consumer ?? null, key ?? null, states, limit],
    );
    return rows.map(letterOf);
  }

  depth(consumer?: string): Promise<DeadLetterDepth> {
    return depthOf(this.pool, consumer);
  }

  /**
   * Asks the owning consumers to handle dead letters again, oldest first; what waits behind one follows by itself.
   * @returns how many were marked: those marked or resolved before do not count.
   */
  async redrive({ consumer, ids, limit = 100, by }: RedriveRequest): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(
      `with marked as (
         update messaging.dead_letters set state = 'requested', requested_by = $4
          where sequence in (
            select sequence from messaging.dead_letters
             where state = 'dead' and ($1::text is null or consumer = $1) and ($2::bigint[] is null or sequence = any($2))
             order by sequence limit $3 for update skip locked)
         returning consumer)
       select count(*)::int as count, count(pg_notify('${redriveChannel}', consumer)) as notified from marked`,
      [consumer ?? null, ids ?? null, Math.min(limit, redriveCap), by],
    );
    return rows[0]?.count ?? 0;
  }

  /** Gives letters up for good; they stay on record with who did it and why. Returns how many were unresolved. */
  async discard({ ids, by, reason }: Discard): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(
      `with marked as (
         update messaging.dead_letters set state = 'discarded', resolved_at = now(), resolved_by = $2, note = $3
          where sequence = any($1::bigint[]) and state in ('dead', 'waiting', 'requested')
         returning consumer)
       select count(*)::int as count, count(pg_notify('${redriveChannel}', consumer)) as notified from marked`,
      [ids, by, reason],
    );
    return rows[0]?.count ?? 0;
  }

  /** Takes the letters of one key away, resolved ones too: for what must be forgotten, message and all. */
  async erase(key: string): Promise<void> {
    await this.pool.query('delete from messaging.dead_letters where key = $1', [key]);
  }
}

interface Row {
  sequence: string;
  consumer: string;
  key: string;
  event_id: string | null;
  event_type: string | null;
  origin: string;
  raw: unknown;
  state: DeadLetterState;
  cause_code: string;
  cause_detail: string;
  attempts: number;
  first_failed_at: Date;
  last_failed_at: Date;
  resolved_by: string | null;
  note: string | null;
}

const letterOf = (row: Row): DeadLetter => ({
  id: row.sequence,
  consumer: row.consumer,
  key: row.key,
  eventId: row.event_id ?? undefined,
  eventType: row.event_type ?? undefined,
  origin: row.origin,
  raw: row.raw,
  state: row.state,
  causeCode: row.cause_code,
  causeDetail: row.cause_detail,
  attempts: row.attempts,
  firstFailedAt: row.first_failed_at,
  lastFailedAt: row.last_failed_at,
  resolvedBy: row.resolved_by ?? undefined,
  note: row.note ?? undefined,
});
