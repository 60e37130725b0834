import type { ClientBase } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Takes a session lock by asking again and again: a statement that waits would hold a snapshot,
 * and with it every index build in the database.
 * @returns false when the signal was aborted first.
 */
export async function takeLock(
  client: ClientBase,
  name: string,
  signal?: AbortSignal,
  everyMs = 200,
): Promise<boolean> {
  while (!signal?.aborted) {
    if (await tryLock(client, name)) return true;
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

/** Takes a session lock if it is free; it is held until {@link releaseLock} or the end of the connection. */
export async function tryLock(client: ClientBase, name: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
    [name],
  );
  return rows[0]?.taken ?? false;
}

export async function releaseLock(client: ClientBase, name: string): Promise<void> {
  await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]);
}
