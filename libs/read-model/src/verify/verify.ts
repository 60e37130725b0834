import { HarmonyError } from '@harmony/contracts';
import type { Database } from '../database/open-database.js';
import type { Projection } from '../port.js';
import { readCheckpoint } from '../projector/checkpoint.js';
import { readParked } from '../projector/parked-streams.js';
import { withSession, type ReplayOptions } from '../replay/session.js';
import { compareWithLive, type Comparison } from './compare-with-live.js';

/**
 * Compares the live tables of a projection with a fresh replay at one and the same position of the log. Where live work
 * had to park or skip events, so does the replay; otherwise it stops at an event that it cannot apply.
 * @throws HarmonyError REPLAY_FAILED, also when the live tables were made by another version of the projection.
 */
export async function verify(projection: Projection, options: ReplayOptions): Promise<Comparison> {
  const { database, onError = await policyOf(database, projection) } = options;
  return withSession('verify', projection, { ...options, onError }, ({ shadow, record }) =>
    compareWithLive(shadow, record, database),
  );
}

async function policyOf(database: Database, { name, version }: Projection): Promise<'stop' | 'park'> {
  const live = await readCheckpoint(database.worker, name);
  if (live.version !== version) {
    const detail = `The tables of ${name} were made by version ${live.version}, the code has ${version}: replay first.`;
    throw new HarmonyError('REPLAY_FAILED', { detail });
  }
  const parked = await readParked(database.worker, name);
  return parked.size > 0 || live.unknownEvents > 0 ? 'park' : 'stop';
}
