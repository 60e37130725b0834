import type { Pool } from 'pg';
import type { ReplyJournal } from '../port.js';

/** Whose replies they are: values by the columns of the table's key before `key`. */
export type ReplyOwner = Readonly<Record<string, string>>;

/**
 * Replies of models in a table of the service's own, until what they are needed for is in the log: no crash pays for
 * one twice. The table has the owner's columns, `key text` and `reply jsonb`; owner and key are its primary key.
 */
export class KeptReplies {
  /** @param table with its schema, for instance `insights.replies`; like the owner's columns, never from outside. */
  constructor(
    private readonly pool: Pool,
    private readonly table: string,
  ) {}

  /** The first reply under a key stays. */
  journal(owner: ReplyOwner): ReplyJournal {
    const { pool, table } = this;
    const columns = [...Object.keys(owner), 'key'];
    const values = columns.map((_, index) => `$${index + 1}`);
    return {
      async get(key) {
        const { rows } = await pool.query<{ reply: unknown }>(`select reply from ${table} where ${matching(columns)}`, [
          ...Object.values(owner),
          key,
        ]);
        return rows[0]?.reply;
      },
      async put(key, reply) {
        await pool.query(
          `insert into ${table} (${columns.join(', ')}, reply) values (${values.join(', ')}, $${columns.length + 1})
            on conflict (${columns.join(', ')}) do nothing`,
          [...Object.values(owner), key, JSON.stringify(reply)],
        );
      },
    };
  }

  /** Of this owner, or of all whose columns begin so; harmless where there are none. */
  async remove(owner: ReplyOwner): Promise<void> {
    await this.pool.query(`delete from ${this.table} where ${matching(Object.keys(owner))}`, Object.values(owner));
  }
}

const matching = (columns: readonly string[]): string =>
  columns.map((column, index) => `${column} = $${index + 1}`).join(' and ');
