import pg from 'pg';
import { databaseOwner, type ClusterSettings } from './cluster.js';

const database = 'harmony';

/** Of the given database, `harmony` unless told otherwise. */
export const urlOf = (settings: ClusterSettings, name = database): string =>
  `postgres://${databaseOwner}:${settings.password}@127.0.0.1:${settings.port}/${name}`;

/** True once the server answers a query. */
export async function answers(settings: ClusterSettings): Promise<boolean> {
  try {
    await query(urlOf(settings, 'postgres'), 'select 1');
    return true;
  } catch {
    return false;
  }
}

/** Makes the database `harmony` where it is missing. */
export async function ensureDatabase(settings: ClusterSettings): Promise<void> {
  const url = urlOf(settings, 'postgres');
  const { rowCount } = await query(url, `select 1 from pg_database where datname = '${database}'`);
  if (rowCount === 0) await query(url, `create database ${database}`);
}

async function query(connectionString: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
