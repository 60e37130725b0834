import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import { statement } from './statement.js';

/** A server secret of 32 bytes by name, made on first use; every process gets the same one. */
export async function loadPepper(pool: Pool, name: string): Promise<Buffer> {
  const insert = 'insert into access.peppers (name, value) values ($1, $2) on conflict do nothing';
  await statement(pool, insert, [name, randomBytes(32)]);
  const select = 'select value from access.peppers where name = $1';
  const [row] = await statement<{ value: Buffer }>(pool, select, [name]);
  if (!row) throw new Error(`The pepper ${name} was removed while it was read.`);
  return row.value;
}
