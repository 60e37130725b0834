import { HarmonyError } from '@harmony/contracts';
import { comparePositions, formatPosition, type LogPosition } from '@harmony/event-store';
import type { Pool } from 'pg';
import { queryError } from '../database/database.js';

/** How far a consumer has come in the log, moved by compare-and-set so that two owners cannot both move it. */
export class Checkpoint {
  #current: LogPosition;

  private constructor(
    private readonly pool: Pool,
    private readonly consumer: string,
    stored: LogPosition,
  ) {
    this.#current = stored;
  }

  /** Takes what is stored as this owner's; a consumer that has never run begins at the given place. */
  static async load(pool: Pool, consumer: string, beginning: () => Promise<LogPosition>): Promise<Checkpoint> {
    const stored = (await storedCheckpoint(pool, consumer)) ?? (await begin(pool, consumer, await beginning()));
    return new Checkpoint(pool, consumer, stored);
  }

  get current(): LogPosition {
    return this.#current;
  }

  /**
   * Moves forward; a position that was passed already is ignored.
   * @throws HarmonyError CHECKPOINT_CONFLICT when it is not where this owner left it.
   */
  async advance(to: LogPosition): Promise<void> {
    if (comparePositions(to, this.#current) <= 0) return;
    const { rowCount } = await query(
      this.pool,
      `update messaging.checkpoints set major = $2, minor = $3, updated_at = now()
        where consumer = $1 and major = $4 and minor = $5`,
      [this.consumer, ...numbers(to), ...numbers(this.#current)],
    );
    if (rowCount === 0) await this.#mineAfterAll(to);
    this.#current = to;
  }

  /** An answer that was lost on the way leaves the checkpoint where this owner wanted it. */
  async #mineAfterAll(to: LogPosition): Promise<void> {
    const stored = await storedCheckpoint(this.pool, this.consumer);
    if (stored && comparePositions(stored, to) === 0) return;
    const found = stored ? formatPosition(stored) : 'none';
    throw new HarmonyError('CHECKPOINT_CONFLICT', {
      detail: `The checkpoint of ${this.consumer} is ${found} and not ${formatPosition(this.#current)}, as this owner left it.`,
    });
  }
}

/** What is stored, without taking it as anybody's; undefined for a consumer that has never run. */
export async function storedCheckpoint(pool: Pool, consumer: string): Promise<LogPosition | undefined> {
  const { rows } = await query(pool, 'select major, minor from messaging.checkpoints where consumer = $1', [consumer]);
  const [row] = rows;
  return row && { major: BigInt(row.major), minor: BigInt(row.minor) };
}

async function begin(pool: Pool, consumer: string, at: LogPosition): Promise<LogPosition> {
  const sql = 'insert into messaging.checkpoints (consumer, major, minor) values ($1, $2, $3) on conflict do nothing';
  await query(pool, sql, [consumer, ...numbers(at)]);
  return (await storedCheckpoint(pool, consumer)) ?? at;
}

async function query(
  pool: Pool,
  sql: string,
  parameters: string[],
): Promise<{ rows: { major: string; minor: string }[]; rowCount: number | null }> {
  try {
    return await pool.query<{ major: string; minor: string }>(sql, parameters);
  } catch (error) {
    throw queryError(error);
  }
}

const numbers = ({ major, minor }: LogPosition): [string, string] => [`${major}`, `${minor}`];
