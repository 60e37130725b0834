import type { Pool } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Jobs that were given to a worker whose connection broke before it heard of them. graphile-worker looks for another job
 * then, and would leave them locked for four hours, as long as the process lives.
 */
export class DoubtfulClaims {
  /** Since when each worker is in doubt, by the clock of `performance`. */
  readonly #since = new Map<string, number>();
  #turn: Promise<unknown> | undefined;

  /** @param settleMs as long as the server may still be at the claim of a connection that broke */
  constructor(
    private readonly pool: Pool,
    private readonly settleMs: number,
  ) {}

  /** It may have been given a job without hearing of it. */
  readonly add = (workerId: string): void => void this.#since.set(workerId, performance.now());

  /**
   * To be awaited before any worker looks for a job: until then a worker in doubt holds nothing that it knows of, so that
   * whatever it holds can be given free. One after the other, since what is given free late could be a job that runs;
   * whoever waits for a turn that fails looks again later.
   */
  readonly settled = (): Promise<null> | null => {
    if (this.#since.size === 0 && !this.#turn) return null;
    const turn = Promise.resolve(this.#turn).then(this.#release);
    this.#turn = turn;
    return turn.finally(() => {
      if (this.#turn === turn) this.#turn = undefined;
    });
  };

  readonly #release = async (): Promise<null> => {
    if (this.#since.size === 0) return null;
    const workers = [...this.#since.keys()];
    const latest = Math.max(...this.#since.values());
    await pause(Math.max(0, latest + this.settleMs - performance.now()));
    await this.pool.query('select graphile_worker.force_unlock_workers($1::text[])', [workers]);
    for (const workerId of workers) this.#since.delete(workerId);
    return null;
  };
}
