import type { Projection } from '../port.js';
import { replay } from '../replay/replay.js';
import { BatchTransactions } from './batch-transactions.js';
import { Projector, type ProjectorOptions } from './projector.js';

export interface RunningProjections {
  /** Rejects with the first failure that does not pass by itself; whoever hosts the projections should go down with it. */
  readonly failed: Promise<never>;
  /** Ends all of them after the batch that each has in hand. */
  stop(): Promise<void>;
}

/** Starts a projector for each projection; one whose version has changed is replayed first, while its old tables are read. */
export function runProjections(projections: readonly Projection[], given: ProjectorOptions): RunningProjections {
  const { database, store } = given;
  const options: ProjectorOptions = {
    rebuild: async (projection, signal) => {
      // An event that the live projector has parked must not keep a new version from starting.
      await replay(projection, { database, store, signal, onError: 'park', waitForOther: true });
    },
    ...given,
  };
  const stopping = new AbortController();
  const transactions = new BatchTransactions(database.worker);
  const runs = projections.map((projection) => new Projector(projection, options, transactions).run(stopping.signal));
  const failed = new Promise<never>((_, reject) => {
    for (const run of runs) run.catch(reject);
  });
  failed.catch(() => undefined);
  return {
    failed,
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(runs);
    },
  };
}
