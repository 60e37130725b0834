import type { Projection } from '../port.js';
import { Projector, type ProjectorOptions } from './projector.js';

export interface RunningProjections {
  /** Rejects with the first failure that does not pass by itself; whoever hosts the projections should go down with it. */
  readonly failed: Promise<never>;
  /** Ends all of them after the batch that each has in hand. */
  stop(): Promise<void>;
}

/** Starts a projector for each projection. */
export function runProjections(projections: readonly Projection[], options: ProjectorOptions): RunningProjections {
  const stopping = new AbortController();
  const runs = projections.map((projection) => new Projector(projection, options).run(stopping.signal));
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
