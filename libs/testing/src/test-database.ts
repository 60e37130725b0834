import { randomUUID } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
  drop(): Promise<void>;
}

/** An empty database of its own for one test file, on the server that Jest's global setup started. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const adminUrl = process.env.HARMONY_TEST_DATABASE_URL;
  if (!adminUrl) throw new Error('No test database. Name the file *.int.spec.ts, so that Jest starts one.');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runAsAdmin(adminUrl, `create database ${name}`);
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).toString();
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  pool.on('error', () => undefined);
  const drop = async (): Promise<void> => {
    await pool.end();
    await runAsAdmin(adminUrl, `drop database ${name} with (force)`);
  };
  return { url, pool, drop };
}

async function runAsAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
