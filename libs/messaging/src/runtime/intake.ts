import type { Pool } from 'pg';
import { storableText } from '../database/database.js';
import { unresolved } from '../dead-letters/letters.js';
import { uuidList } from '../inbox/uuid-list.js';
import type { Message } from './message.js';

/** What Postgres knows of a batch before it is handled. */
export interface Known {
  /** Message ids that need nothing more: handled, or kept as dead letters. */
  readonly settled: ReadonlySet<string>;
  readonly parkedKeys: ReadonlySet<string>;
}

/** Looks a whole batch up at once, so that a message costs no round trip of its own. */
export async function lookUp(pool: Pool, consumer: string, messages: readonly Message[]): Promise<Known> {
  const ids = messages.map(({ eventId }) => eventId).filter((id) => id !== undefined);
  const { rows } = await pool.query<{ handled: string | null }>({
    name: 'messaging-look-up',
    text: `select event_id::text as handled from messaging.inbox where consumer = $1 and event_id = any($2::uuid[])
           union all
           select null where exists (select from messaging.dead_letters where consumer = $1)`,
    values: [consumer, uuidList(ids)],
  });
  const handled = rows.map((row) => row.handled).filter((id) => id !== null);
  if (handled.length === rows.length) return { settled: new Set(handled), parkedKeys: new Set() };
  const letters = await lookUpLetters(pool, consumer, messages);
  return { settled: new Set([...handled, ...letters.settled]), parkedKeys: letters.parkedKeys };
}

async function lookUpLetters(pool: Pool, consumer: string, messages: readonly Message[]): Promise<Known> {
  const { rows } = await pool.query<{ parked: boolean; value: string }>(
    `select false as parked, message_id as value
       from messaging.dead_letters where consumer = $1 and message_id = any($2::text[])
     union all
     select true, key from messaging.dead_letters
      where consumer = $1 and key = any($3::text[]) and parks and ${unresolved}`,
    [
      consumer,
      messages.map(({ messageId }) => storableText(messageId)),
      [...new Set(messages.map(({ delivery }) => storableText(delivery.key)))],
    ],
  );
  const values = (parked: boolean): Set<string> =>
    new Set(rows.filter((row) => row.parked === parked).map((row) => row.value));
  return { settled: values(false), parkedKeys: values(true) };
}
