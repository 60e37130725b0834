import type { LogPosition } from '@harmony/event-store';
import type { Pool } from 'pg';
import { Checkpoint, storedCheckpoint } from './checkpoint.js';
import { ownership } from './ownership.js';

/** How long a process that has just ended may take to let go. */
const patienceMs = 5_000;

/**
 * Puts a consumer group behind a part of the log that it needs not read, since whoever wrote it has done the work too.
 * @returns false where a running instance reads for the group, which then reads that part as any other.
 */
export async function skipLog(pool: Pool, consumer: string, to: LogPosition): Promise<boolean> {
  const owned = await ownership(pool, consumer, 100, AbortSignal.timeout(patienceMs));
  if (!owned) return false;
  try {
    const checkpoint = await Checkpoint.load(pool, consumer, async () => to);
    await checkpoint.advance(to);
    return true;
  } finally {
    await owned.release();
  }
}

/** How far a consumer group has read the log, as far as is stored; undefined for one that has never run. */
export const readTo = (pool: Pool, consumer: string): Promise<LogPosition | undefined> =>
  storedCheckpoint(pool, consumer);
