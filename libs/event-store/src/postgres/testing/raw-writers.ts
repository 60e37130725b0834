import { newId } from '@harmony/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { statements } from '../append/statements.js';

/** Appends one event without an expectation, within whatever transaction the connection has open; gives its id. */
export async function appendWithin(client: PoolClient, streamId: string): Promise<string> {
  const id = newId();
  await client.query({
    name: 'append-within',
    text: `select event_store.append(array[$1], array[-2], array[1], array[$2::uuid], array['Written'], $3)`,
    values: [streamId, id, bodyOf(id)],
  });
  return id;
}

/** The same by the statements of the fast way: lock, look at the revision, write what is expected to follow it. */
export async function appendFastWithin(client: PoolClient, streamId: string): Promise<string> {
  const id = newId();
  const { lockOne, writeOne } = statements;
  await client.query({ name: lockOne.name, text: lockOne.text, values: [streamId] });
  const head = await client.query<{ head: number }>({
    name: 'head-within',
    text: 'select coalesce(max(revision), -1) as head from event_store.events where stream_id = $1',
    values: [streamId],
  });
  const values = [streamId, head.rows[0]?.head, id, 'Written', bodyOf(id)];
  const { rowCount } = await client.query({ name: writeOne.name, text: writeOne.text, values });
  if (rowCount !== 1) throw new Error(`The append to ${streamId} was refused under its lock.`);
  return id;
}

const bodyOf = (id: string): string => JSON.stringify({ id, type: 'Written', data: {} });

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
