import { HarmonyError } from '@harmony/contracts';
import { logStart } from '@harmony/event-store';
import type pg from 'pg';
import { takeLock, tryLock } from '../database/advisory-lock.js';
import type { Database } from '../database/open-database.js';
import { asHarmonyError } from '../database/database-error.js';
import { reasonOf } from '../fold/error-policy.js';
import type { Projection } from '../port.js';
import { ReplayRecord, type ReplayKind, type ReplayProgress } from './replay-progress.js';
import { Shadow, type ShadowOptions } from './shadow.js';

export interface ReplayOptions extends Omit<ShadowOptions, 'onError' | 'onBatch'> {
  /** `stop` unless told. */
  readonly onError?: ShadowOptions['onError'];
  /** Called after each batch and at each new phase. */
  readonly onProgress?: (progress: ReplayProgress) => void;
  /** Wait for another replay or verification of the projection to end, instead of refusing to start. */
  readonly waitForOther?: boolean;
}

/** One replay or verification: the only one of its projection, with a shadow of its own that is gone afterwards. */
export interface ReplaySession {
  readonly shadow: Shadow;
  readonly record: ReplayRecord;
  /** A second connection of the owner, beside the one that loads the shadow. */
  readonly owner: pg.Client;
}

/** Runs the work in a session; whatever happens, the live tables are whole and the shadow is removed. */
export async function withSession<Result>(
  kind: ReplayKind,
  projection: Projection,
  options: ReplayOptions & { readonly onError: ShadowOptions['onError'] },
  work: (session: ReplaySession) => Promise<Result>,
): Promise<Result> {
  const { database, store, signal, onProgress = () => undefined } = options;
  const target = await store.head();
  const start = { projection: projection.name, start: logStart, target };
  const record = new ReplayRecord(database.worker, kind, start, onProgress);
  const [owner, loading] = await connectTwice(database);
  try {
    await claim(owner, projection, options);
    const onBatch = (shadow: Shadow): Promise<void> => record.moved(shadow);
    const shadow = await Shadow.start(projection, loading, { ...options, onBatch });
    const result = await work({ shadow, record, owner }).finally(() => Shadow.remove(projection, loading));
    await record.end('done');
    return result;
  } catch (error) {
    const meaning = asHarmonyError(error);
    await record.end(signal?.aborted ? 'cancelled' : 'failed', reasonOf(meaning).cause).catch(() => undefined);
    throw meaning;
  } finally {
    await Promise.all([owner.end(), loading.end()]);
  }
}

async function connectTwice(database: Database): Promise<[pg.Client, pg.Client]> {
  const first = await database.connectOwner();
  try {
    return [first, await database.connectOwner()];
  } catch (error) {
    await first.end();
    throw error;
  }
}

async function claim(client: pg.Client, { name }: Projection, { signal, waitForOther }: ReplayOptions): Promise<void> {
  const lock = `projection replay ${name}`;
  if (await (waitForOther ? takeLock(client, lock, signal) : tryLock(client, lock))) return;
  signal?.throwIfAborted();
  throw new HarmonyError('REPLAY_FAILED', { detail: `${name} is being replayed or verified by another process.` });
}
