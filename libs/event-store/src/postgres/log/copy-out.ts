import type { Pool, PoolClient } from 'pg';
import { to } from 'pg-copy-streams';

/** Runs one `copy … to stdout` on a connection of the pool and gives all its bytes. */
export async function copyOut(pool: Pool, statement: string): Promise<Buffer> {
  const client = await pool.connect();
  try {
    const bytes = await collect(client, statement);
    client.release();
    return bytes;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

function collect(client: PoolClient, statement: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    client.once('error', reject);
    client
      .query(to(statement))
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('error', reject)
      .on('end', () => resolve(Buffer.concat(chunks)));
  }).finally(() => client.removeAllListeners('error')) as Promise<Buffer>;
}
