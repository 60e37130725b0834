import { HarmonyError } from '@harmony/contracts';
import { comparePositions, formatPosition, logStart, type LogPosition } from '@harmony/event-store';
import type { Pool } from 'pg';
import { queryError } from '../database/database.js';

/** How far a consumer has come in the log, moved by compare-and-set so that two owners cannot both move it. */
export class Checkpoint {
  #current = logStart;

  constructor(
    private readonly pool: Pool,
    private readonly consumer: string,
  ) {}

  get current(): LogPosition {
    return this.#current;
  }

  /** What is stored, without taking it as this owner's. */
  peek(): Promise<LogPosition | undefined> {
    return this.#stored();
  }

  /** Reads what is stored; a consumer that has never run begins at the given place. */
  async load(beginning: () => Promise<LogPosition>): Promise<LogPosition> {
    this.#current = (await this.#stored()) ?? (await this.#begin(await beginning()));
    return this.#current;
  }

  /**
   * Moves forward; a position that was passed already is ignored.
   * @throws HarmonyError CHECKPOINT_CONFLICT when somebody else has moved the checkpoint.
   */
  async advance(to: LogPosition): Promise<void> {
    if (comparePositions(to, this.#current) <= 0) return;
    const { rowCount } = await this.#query(
      `update messaging.checkpoints set major = $2, minor = $3, updated_at = now()
        where consumer = $1 and major = $4 and minor = $5`,
      [this.consumer, ...numbers(to), ...numbers(this.#current)],
    );
    if (rowCount === 0) await this.#mineAfterAll(to);
    this.#current = to;
  }

  /** An answer that was lost on the way leaves the checkpoint where this owner wanted it. */
  async #mineAfterAll(to: LogPosition): Promise<void> {
    const stored = await this.#stored();
    if (stored && comparePositions(stored, to) === 0) return;
    const found = stored ? formatPosition(stored) : 'none';
    throw new HarmonyError('CHECKPOINT_CONFLICT', {
      detail: `The checkpoint of ${this.consumer} is ${found} and not ${formatPosition(this.#current)}, as this owner left it.`,
    });
  }

  async #begin(at: LogPosition): Promise<LogPosition> {
    const sql = 'insert into messaging.checkpoints (consumer, major, minor) values ($1, $2, $3) on conflict do nothing';
    await this.#query(sql, [this.consumer, ...numbers(at)]);
    return (await this.#stored()) ?? at;
  }

  async #stored(): Promise<LogPosition | undefined> {
    const sql = 'select major, minor from messaging.checkpoints where consumer = $1';
    const { rows } = await this.#query(sql, [this.consumer]);
    const [row] = rows;
    return row && { major: BigInt(row.major), minor: BigInt(row.minor) };
  }

  async #query(
    sql: string,
    parameters: string[],
  ): Promise<{ rows: { major: string; minor: string }[]; rowCount: number | null }> {
    try {
      return await this.pool.query<{ major: string; minor: string }>(sql, parameters);
    } catch (error) {
      throw queryError(error);
    }
  }
}

const numbers = ({ major, minor }: LogPosition): [string, string] => [`${major}`, `${minor}`];
