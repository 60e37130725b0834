import { createHash } from 'node:crypto';
import type { ClientBase, QueryResult, QueryResultRow } from 'pg';
import { sqlStateOf } from './database-error.js';

/** Each costs memory on every connection; statements are few, and what comes later is planned each time as ever. */
const maximumPrepared = 100;
const names = new Map<string, string>();

/** What Postgres says when a table behind a prepared statement has got other columns since. */
const staleStatement = '0A000';

/**
 * Runs a statement that a connection parses and plans once only; outside of transactions. Its text must not hold values.
 * @throws what the driver throws.
 */
export async function queryPrepared<Row extends QueryResultRow>(
  client: Pick<ClientBase, 'query'>,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<QueryResult<Row>> {
  const values = [...parameters];
  const name = nameOf(text);
  if (name === undefined) return client.query<Row>(text, values);
  try {
    return await client.query<Row>({ name, text, values });
  } catch (error) {
    if (sqlStateOf(error) !== staleStatement) throw error;
    return client.query<Row>(text, values);
  }
}

/** Undefined for a statement that comes when there are too many. */
export function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= maximumPrepared) return known;
  const name = createHash('sha256').update(text).digest('base64url');
  names.set(text, name);
  return name;
}
