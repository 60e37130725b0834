import type { Pool } from 'pg';

/**
 * Jobs that were given to a worker whose connection broke before it heard of them. graphile-worker looks for another job
 * then, and would leave them locked for four hours, as long as the process lives.
 */
export class DoubtfulClaims {
  readonly #workers = new Set<string>();
  #turn: Promise<unknown> | undefined;

  constructor(private readonly pool: Pool) {}

  /** It may have been given a job without hearing of it. */
  readonly add = (workerId: string): void => void this.#workers.add(workerId);

  /**
   * To be awaited before any worker looks for a job: until then a worker in doubt holds nothing that it knows of, so that
   * whatever it holds can be given free. One after the other, since what is given free late could be a job that runs.
   */
  readonly settled = (): Promise<null> | null => {
    if (this.#workers.size === 0 && !this.#turn) return null;
    const turn = Promise.resolve(this.#turn).then(this.#release, this.#release);
    this.#turn = turn;
    return turn.finally(() => {
      if (this.#turn === turn) this.#turn = undefined;
    });
  };

  readonly #release = async (): Promise<null> => {
    const workers = [...this.#workers];
    if (workers.length === 0) return null;
    await this.pool.query('select graphile_worker.force_unlock_workers($1::text[])', [workers]);
    for (const workerId of workers) this.#workers.delete(workerId);
    return null;
  };
}
