import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';

/** A server secret of 32 bytes by name, made on first use; every process gets the same one. */
export async function loadPepper(pool: Pool, name: string): Promise<Buffer> {
  await pool.query('insert into access.peppers (name, value) values ($1, $2) on conflict do nothing', [
    name,
    randomBytes(32),
  ]);
  const { rows } = await pool.query<{ value: Buffer }>('select value from access.peppers where name = $1', [name]);
  if (!rows[0]) throw new Error(`The pepper ${name} was removed while it was read.`);
  return rows[0].value;
}
