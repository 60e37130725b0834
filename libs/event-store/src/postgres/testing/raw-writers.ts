import { newId } from '@harmony/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';

/** Appends one event without an expectation, within whatever transaction the connection has open; gives its id. */
export async function appendWithin(client: PoolClient, streamId: string): Promise<string> {
  const id = newId();
  await client.query({
    name: 'append-within',
    text: `select event_store.append_one($1, -2, $2, 'Written', $3)`,
    values: [streamId, id, JSON.stringify({ id, type: 'Written', data: {} })],
  });
  return id;
}

export interface Writing {
  readonly writers: number;
  readonly milliseconds: number;
  /** One transaction of a writer; gives the ids that it appended. */
  readonly transaction: (client: PoolClient, writer: number) => Promise<string[]>;
}

/** Runs transactions on connections of their own until the time is over; gives the ids that were acknowledged. */
export async function writeConcurrently(
  pool: Pool,
  { writers, milliseconds, transaction }: Writing,
): Promise<string[]> {
  const deadline = performance.now() + milliseconds;
  const write = async (writer: number): Promise<string[]> => {
    const acknowledged: string[] = [];
    const client = await pool.connect();
    try {
      while (performance.now() < deadline) {
        await client.query('begin');
        const ids = await transaction(client, writer);
        await client.query('commit');
        acknowledged.push(...ids);
      }
    } finally {
      client.release(true);
    }
    return acknowledged;
  };
  return (await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))).flat();
}

/** With a chance of one in `every`, holds the transaction open for up to 20 ms. */
export async function sometimesHold(every: number): Promise<void> {
  if (Math.random() < 1 / every) await pause(Math.random() * 20);
}
