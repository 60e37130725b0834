import { parsePosition, type LogPosition } from '@harmony/event-store';
import { noticesOf, type StopListening } from '@harmony/notices';
import { randomUUID } from 'node:crypto';
import { takeLock } from '../database/advisory-lock.js';
import type { Database } from '../database/open-database.js';

export interface Ownership {
  /** Fresh for each time that ownership is taken, so that an earlier owner's compare-and-set finds nothing. */
  readonly owner: string;
  /** Aborted when the connection that holds the lock is gone: somebody else may own the projection now. */
  readonly lost: AbortSignal;
  /** Tells from now on which positions somebody waits for. */
  onWanted(listener: (position: LogPosition) => void): void;
  release(): Promise<void>;
}

/** Where whoever waits for a projection says for which position. */
export const wantedChannel = (projection: string): string => `wanted ${projection}`;

const lockName = (projection: string): string => `projection owner ${projection}`;

/**
 * Waits until nobody else owns the projection and holds it by a session lock on a connection of its own, without a
 * transaction. @returns undefined when the signal was aborted first.
 */
export async function acquireOwnership(
  database: Database,
  projection: string,
  signal: AbortSignal,
): Promise<Ownership | undefined> {
  const client = await database.connectWorker();
  const lost = new AbortController();
  client.on('end', () => lost.abort());
  client.on('error', () => lost.abort());
  let stopListening: StopListening | undefined;
  const onWanted: Ownership['onWanted'] = (listener) => {
    const heard = ({ payload = '' }): void => {
      const position = parsePosition(payload);
      if (position) listener(position);
    };
    stopListening ??= noticesOf(database.worker).listen(wantedChannel(projection), { heard });
  };
  const release = async (): Promise<void> => {
    await Promise.all([stopListening?.(), client.end().catch(() => undefined)]);
  };
  try {
    if (await takeLock(client, lockName(projection), signal, 500)) {
      return { owner: randomUUID(), lost: lost.signal, onWanted, release };
    }
  } catch (error) {
    await release();
    throw error;
  }
  await release();
  return undefined;
}
