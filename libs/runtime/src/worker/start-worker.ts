import { HarmonyError } from '@harmony/contracts';
import { createConsumerMicroservice, GraphileJobRunner, type ConsumerMicroservice } from '@harmony/messaging';
import { inSpan, nestLogger, withCorrelation } from '@harmony/observability';
import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BackendsModule } from '../backends/backends-module.js';
import type { Backends } from '../backends/backends.js';
import type { ServiceDescriptor } from '../descriptor.js';
import { feedsOf } from './feeds.js';
import { findJobs } from './find-jobs.js';
import { consumerObserver, jobObserver } from './observers.js';

export interface RunningWorker {
  /** Drains the consumer and hands jobs back. */
  close(): Promise<void>;
}

/** Of the time for a stop, so much is for what is under way; the rest is for flushing and closing. */
const shareForDraining = 0.4;

/** Runs a service's working face: its consumer as a Nest microservice with a container of its own, and its jobs. */
export async function startWorker(service: ServiceDescriptor, backends: Backends): Promise<RunningWorker> {
  const { database, metrics, logger, configuration, health } = backends;
  const drainMs = configuration.process.shutdownSeconds * 1000 * shareForDraining;
  const { app, transport } = await createMicroservice(service, backends, drainMs);
  const definitions = findJobs(app, service.name);
  const jobs = new GraphileJobRunner({
    pool: database.worker,
    definitions,
    concurrency: configuration.work.jobConcurrency,
    observer: jobObserver(service.name, metrics, logger),
    drainMs,
  });
  await app.listen();
  if (definitions.length > 0) jobs.start();
  health.register({
    name: `consumer ${service.name}`,
    check: () => {
      const { ready, reasons } = transport.health();
      if (!ready) throw new HarmonyError('NOT_READY', { detail: reasons.join('; ') });
    },
  });
  return {
    close: async () => {
      await Promise.all([app.close(), definitions.length > 0 ? jobs.stop() : undefined]);
    },
  };
}

async function createMicroservice(
  service: ServiceDescriptor,
  backends: Backends,
  drainMs: number,
): Promise<ConsumerMicroservice> {
  const { database, metrics, logger, configuration } = backends;
  return createConsumerMicroservice(
    workerModule(service, backends),
    {
      consumer: service.name,
      pool: database.worker,
      feed: await feedsOf(service.name, backends),
      afterDeadLetter: service.afterDeadLetter,
      concurrency: configuration.work.consumerLanes,
      drainMs,
      observer: consumerObserver(metrics, logger),
      around: (event, { consumer }, handle) =>
        withCorrelation(event.correlationId, () => inSpan(`consume ${event.type}`, { consumer }, handle)),
      failed: (error) => backends.lost(`the consumer ${service.name}`, error),
    },
    { logger: nestLogger(logger) },
  );
}

@Module({})
class WorkerModule {}

const workerModule = (service: ServiceDescriptor, backends: Backends): DynamicModule => ({
  module: WorkerModule,
  imports: [BackendsModule.forRoot(backends), DiscoveryModule, service.worker],
});
