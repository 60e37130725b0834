import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { dedicatedClient } from '../database/database.js';
import { pause } from '../runtime/pause.js';

export interface LeaseOptions {
  readonly pool: pg.Pool;
  /** Between two signs of life. */
  readonly beatMs: number;
  /** Without a sign of life for this long, a worker counts as dead even if its connection still stands. */
  readonly deadAfterMs: number;
  readonly reaped: (workers: number) => void;
  readonly trouble: (error: unknown) => void;
}

/** A connection and the lock that it holds: a fresh one each time, which nobody else can hold. */
interface Session {
  readonly client: pg.Client;
  readonly lockKey: string;
}

/** Dead: its session lock is free and it missed two beats, or it was silent for too long (a connection half open). */
const deadWorkers = `
  select worker_id from messaging.job_workers
   where not (worker_id = any($1::text[]))
     and (beat_at < now() - make_interval(secs => $2)
          or (beat_at < now() - make_interval(secs => $3) and pg_try_advisory_xact_lock(lock_key)))`;

const bury = `
  with dead as (delete from messaging.job_workers where worker_id = any($1::text[]) returning worker_id)
  select graphile_worker.force_unlock_workers(coalesce(array_agg(worker_id), '{}')) from dead`;

/**
 * The right of this process's workers to their jobs. Postgres drops the session lock the moment the process dies, so its
 * jobs run again within seconds and not after the four hours that graphile-worker waits.
 */
export class Lease {
  readonly #workers = new Set<string>();
  readonly #left = new Set<string>();
  #session: Promise<Session> | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(private readonly options: LeaseOptions) {}

  /** Before its first job. */
  async enter(workerId: string): Promise<void> {
    this.#workers.add(workerId);
    await this.#inTurn(() => this.#beat());
  }

  /** A worker ended: what it still holds is free. */
  leave(workerId: string): void {
    this.#workers.delete(workerId);
    this.#left.add(workerId);
  }

  /** Beats and looks for the dead until the signal is aborted; the caller releases afterwards. */
  async keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#inTurn(async () => {
          await this.#beat();
          await this.#reap();
        });
      } catch (error) {
        this.options.trouble(error);
        await this.#disconnect();
      }
      await pause(this.options.beatMs, signal);
    }
  }

  /** Gives free what the workers of this process hold. */
  async release(): Promise<void> {
    try {
      await this.options.pool.query(bury, [[...this.#workers, ...this.#left]]);
    } finally {
      await this.#disconnect();
    }
  }

  /** The workers of a process begin at once, but they share one connection, and that takes one statement at a time. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #beat(): Promise<void> {
    const { client, lockKey } = await this.#connected();
    const sql = `insert into messaging.job_workers (worker_id, lock_key) select worker_id, $2
                   from unnest($1::text[]) as worker_id order by worker_id
                 on conflict (worker_id) do update set beat_at = now(), lock_key = excluded.lock_key`;
    await client.query(sql, [[...this.#workers], lockKey]);
    if (this.#left.size === 0) return;
    const left = [...this.#left];
    await client.query(bury, [left]);
    for (const workerId of left) this.#left.delete(workerId);
  }

  async #reap(): Promise<void> {
    const { client } = await this.#connected();
    const { beatMs, deadAfterMs, reaped } = this.options;
    const own = [...this.#workers];
    const { rows } = await client.query<{ worker_id: string }>(deadWorkers, [own, deadAfterMs / 1000, beatMs / 500]);
    if (rows.length === 0) return;
    await client.query(bury, [rows.map((row) => row.worker_id)]);
    reaped(rows.length);
  }

  /** One connection, however many ask for it at once. */
  #connected(): Promise<Session> {
    this.#session ??= this.#connect().catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    return this.#session;
  }

  async #connect(): Promise<Session> {
    const client = await dedicatedClient(this.options.pool);
    const lockKey = randomBytes(6).readUIntBE(0, 6).toString();
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    return { client, lockKey };
  }

  async #disconnect(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    const open = await session?.catch(() => undefined);
    await open?.client.end();
  }
}
