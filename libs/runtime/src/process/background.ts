import { pruneInbox } from '@harmony/messaging';
import { setTimeout as pause } from 'node:timers/promises';
import type { Backends } from '../backends/backends.js';
import { projectionLagSampler } from '../worker/start-projections.js';

const sampleEveryMs = 5_000;
const tidyEveryMs = 3_600_000;
/** A message may come again as long as somebody may move a consumer's checkpoint back. */
const inboxDays = 30;

/** What nobody asks for: gauges that are looked up, and rows that have served their time. */
export function startBackgroundWork(backends: Backends): { close(): Promise<void> } {
  const stopping = new AbortController();
  const samplers = [projectionLagSampler(backends), ...backends.samplers];
  const sample = (): Promise<unknown> => Promise.all(samplers.map((look) => look()));
  const loops = [
    repeat('metrics', sampleEveryMs, sample, backends, stopping.signal),
    repeat('tidying', tidyEveryMs, () => pruneInbox(backends.database.worker, inboxDays), backends, stopping.signal),
  ];
  return {
    close: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

/** A failure is no reason to stop: what the work needs is watched by the health probes already. */
async function repeat(
  what: string,
  everyMs: number,
  work: () => Promise<unknown>,
  { logger }: Backends,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) => logger.debug({ what, error }, 'background work failed'));
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
