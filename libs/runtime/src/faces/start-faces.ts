import { HarmonyError } from '@harmony/contracts';
import { observeRequests, operations, serveOperations } from '@harmony/observability';
import { setTimeout as pause } from 'node:timers/promises';
import { BackendsModule } from '../backends/backends-module.js';
import type { Backends } from '../backends/backends.js';
import type { Composition, RunningGateway } from '../composition.js';
import { startBackgroundWork } from '../process/background.js';
import type { Closers } from '../process/closers.js';
import type { Target } from '../targets.js';
import { startProjections } from '../worker/start-projections.js';
import { startRelay } from '../worker/start-relay.js';
import { startWorker } from '../worker/start-worker.js';

/**
 * Starts what the target runs, HTTP last. Closing goes the other way round: HTTP finishes its requests while
 * projections still follow, because requests wait for them.
 */
export async function startFaces(
  target: Target,
  composition: Composition,
  backends: Backends,
  closers: Closers,
): Promise<{ readonly url: string }> {
  const { configuration } = backends;
  const background = startBackgroundWork(backends);
  closers.add('background work', () => background.close());
  const projections = target.workers.flatMap((service) => service.projections);
  if (projections.length > 0) {
    const running = await startProjections(projections, backends);
    closers.add('projections', () => running.close());
  }
  await startWorkers(target, backends, closers);
  const relays =
    target.relay === 'always' || (target.relay === 'with-brokers' && configuration.kafka.brokers.length > 0);
  if (relays) {
    const relay = await startRelay(backends);
    closers.add('relay', () => relay.close());
  }
  const server = await serve(target, composition, backends);
  closers.add('HTTP', () => server.close());
  closers.add('readiness', () => leave(target, backends));
  return server;
}

/** Side by side, in both directions: a stop has one time limit for all of them. */
async function startWorkers(target: Target, backends: Backends, closers: Closers): Promise<void> {
  const starts = await Promise.allSettled(target.workers.map((service) => startWorker(service, backends)));
  const running = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  closers.add('workers', async () => {
    await Promise.all(running.map((worker) => worker.close()));
  });
  const failure = starts.find((start) => start.status === 'rejected');
  if (failure) throw failure.reason;
}

async function serve(target: Target, composition: Composition, backends: Backends): Promise<RunningGateway> {
  const { configuration, health, metrics } = backends;
  const { host, port } = configuration.http;
  const operate = operations(health, metrics);
  if (!target.gateway) return serveOperations(operate, { host, port });
  try {
    return await composition.gateway({
      services: composition.services,
      backends,
      backendsModule: BackendsModule.forRoot(backends),
      operations: [operate, observeRequests(backends)],
      address: { host, port },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new HarmonyError('PORT_IN_USE', {
      detail: `Port ${port} is taken by another program. Choose another one with --port or HARMONY_PORT.`,
      cause: error,
    });
  }
}

/** Says that this process is leaving, and keeps serving until whoever routes requests has seen it. */
async function leave(target: Target, { health, configuration }: Backends): Promise<void> {
  health.stopping();
  if (target.gateway) await pause(configuration.process.drainSeconds * 1000);
}
