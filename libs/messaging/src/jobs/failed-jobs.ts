import { errorCatalogue, HarmonyError, type ErrorCode } from '@harmony/contracts';
import type { Pool } from 'pg';
import { queryError, storableText } from '../database/database.js';
import { causeCode } from '../dead-letters/letters.js';

export interface FailedJob {
  /** Of graphile-worker. */
  readonly id: string;
  readonly name: string;
  readonly key: string | null;
  readonly payload: unknown;
  readonly attempts: number;
}

/** Jobs that failed for good: on record before anybody is told, so that a crash in between is made up for. */
export class FailedJobs {
  constructor(private readonly pool: Pool) {}

  async record(job: FailedJob, error: unknown): Promise<void> {
    const detail = storableText(error instanceof Error ? error.message : String(error));
    await this.#query(
      `insert into messaging.failed_jobs (job_id, name, key, payload, cause_code, cause_detail, attempts)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (job_id) do nothing`,
      [job.id, job.name, job.key, JSON.stringify(job.payload ?? null), causeCode(error), detail, job.attempts],
    );
  }

  /** The error of a job that failed and was not announced to the end; undefined for any other. */
  async unannounced(id: string): Promise<HarmonyError | undefined> {
    const sql = `select cause_code, cause_detail from messaging.failed_jobs where job_id = $1 and announced_at is null`;
    const [row] = await this.#query(sql, [id]);
    if (!row) return undefined;
    const known = Object.hasOwn(errorCatalogue, row.cause_code);
    return new HarmonyError(known ? (row.cause_code as ErrorCode) : 'INTERNAL', { detail: row.cause_detail });
  }

  async announced(id: string): Promise<void> {
    await this.#query('update messaging.failed_jobs set announced_at = now() where job_id = $1', [id]);
  }

  async #query(sql: string, parameters: unknown[]): Promise<{ cause_code: string; cause_detail: string }[]> {
    try {
      const { rows } = await this.pool.query<{ cause_code: string; cause_detail: string }>(sql, parameters);
      return rows;
    } catch (error) {
      throw queryError(error);
    }
  }
}
