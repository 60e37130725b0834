import { once } from 'node:events';
import type { Pool } from 'pg';
import { to } from 'pg-copy-streams';
import { WrongResult } from '../harness/bench.js';

/** Reads rows as bytes and throws them away: nothing in this process can be faster. */
export async function copyRate(pool: Pool, query: string, rows: number): Promise<number> {
  const client = await pool.connect();
  const start = performance.now();
  const stream = client.query(to(`copy (${query}) to stdout (format binary)`));
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => (bytes += chunk.length));
  await once(stream, 'end');
  const seconds = (performance.now() - start) / 1000;
  client.release();
  if (bytes < rows) throw new WrongResult(`COPY gave ${bytes} bytes for ${rows} rows.`);
  return rows / seconds;
}
