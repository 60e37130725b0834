import { HarmonyError } from '@harmony/contracts';
import { comparePositions } from '@harmony/event-store';
import { readCheckpoints, replay, runProjections, type Projection } from '@harmony/read-model';
import type { Backends } from '../backends/backends.js';

/** An owner shows a sign of life every 10 seconds. */
const silentAfterMs = 60_000;

/** Keeps the read models of these projections up to date; one that was changed is rebuilt while the old one is served. */
export async function startProjections(
  projections: readonly Projection[],
  backends: Backends,
): Promise<{ close(): Promise<void> }> {
  const { database, eventStore: store, logger, health } = backends;
  const startedAt = await databaseTime(backends);
  const running = runProjections(projections, {
    database,
    store,
    log: {
      info: (fields, message) => logger.info({ ...fields }, message),
      warn: (fields, message) => logger.warn({ ...fields }, message),
      error: (fields, message) => logger.error({ ...fields }, message),
    },
    rebuild: async (projection, signal) => {
      await replay(projection, { database, store, signal, onError: 'park', waitForOther: true });
    },
  });
  running.failed.catch((error: unknown) => backends.lost('a projection', error));
  const names = new Set(projections.map(({ name }) => name));
  health.register({ name: 'projections', check: () => requireFollowing(backends, names, startedAt) });
  return { close: () => running.stop() };
}

/** In this process or, while this one stands by, in another. */
async function requireFollowing(backends: Backends, names: ReadonlySet<string>, startedAt: number): Promise<void> {
  const aliveSince = Math.max(startedAt, (await databaseTime(backends)) - silentAfterMs);
  for (const { name, state, cause, heartbeat } of await readCheckpoints(backends.database.worker)) {
    const follows = state === 'live' && (heartbeat?.getTime() ?? 0) >= aliveSince;
    if (names.has(name) && !follows)
      throw new HarmonyError('NOT_READY', { detail: `${name} does not follow the log: ${cause ?? state}` });
  }
}

/** By the clock that stamps the signs of life. */
async function databaseTime({ database }: Backends): Promise<number> {
  const { rows } = await database.worker.query<{ now: Date }>('select clock_timestamp() as now');
  return rows[0]?.now.getTime() ?? 0;
}

/** Tells since when each read model has been behind the log, by looking now and then. */
export function projectionLagSampler({ database, eventStore, metrics }: Backends): () => Promise<void> {
  const behindSince = new Map<string, number>();
  return async () => {
    const head = await eventStore.head();
    for (const { name, position } of await readCheckpoints(database.worker)) {
      const behind = comparePositions(position, head) < 0;
      const since = behind ? (behindSince.get(name) ?? performance.now()) : performance.now();
      behindSince.set(name, since);
      metrics.projectionLag(name, (performance.now() - since) / 1000);
    }
  };
}
