import {
  chosenTarget,
  loadConfiguration,
  unknownVariables,
  type Configuration,
  type Environment,
} from '@harmony/config';
import { HarmonyError } from '@harmony/contracts';
import { systemClock } from '@harmony/kernel';
import { createLogger, createMetrics, Health, startTracing, type Logger } from '@harmony/observability';
import { setTimeout as pause } from 'node:timers/promises';
import type { Backends, Host } from '../backends/backends.js';
import { openBackends } from '../backends/open-backends.js';
import type { Composition } from '../composition.js';
import { startFaces } from '../faces/start-faces.js';
import { findTarget } from '../targets.js';
import { Closers } from './closers.js';

export interface ProcessOptions {
  readonly composition: Composition;
  readonly environment: Environment;
  /** Wins over HARMONY_TARGET. */
  readonly target?: string;
  /** Variables that a command line sets. */
  readonly overrides?: Environment;
  /** Aborted while it starts: what was opened is closed again, and the start rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A started process, before or after it is told to stop. */
export interface RunningProcess {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly backends: Backends;
  /** Of the API, or of health and metrics in a process without one. */
  readonly url: string;
  /** Rejects when a part is lost that only a new process brings back. */
  readonly lost: Promise<never>;
  /** Readiness 503 at once, then everything in the order in which nothing is lost. True when all went well. */
  stop(): Promise<boolean>;
}

/** How long a part may take to begin its work before the start counts as failed. */
const readyWithinMs = 120_000;

/**
 * Starts a target: configuration, database, migrations, backends, projections, workers, HTTP; resolves when it is ready.
 * A start that fails leaves nothing running.
 * @throws HarmonyError with what a person can do about it: UNKNOWN_TARGET, INVALID_CONFIGURATION, PORT_IN_USE, …
 */
export async function startProcess(options: ProcessOptions): Promise<RunningProcess> {
  const { environment, target: name, overrides, composition, signal } = options;
  const wish = { ...(name && { target: name }), ...(overrides && { overrides }) };
  const target = findTarget(chosenTarget(environment, wish), composition.services);
  const configuration = loadConfiguration(environment, wish);
  const { host, lost } = createHost(configuration);
  const closers = new Closers();
  const stop = async (): Promise<boolean> => (await closers.closeAll(host.logger)).length === 0;
  try {
    for (const variable of unknownVariables(environment))
      host.logger.warn({ variable }, 'nothing reads this variable; is it misspelt?');
    const { serviceName = `harmony-${target.name}`, tracesEndpoint } = configuration.observability;
    closers.add('traces', await startTracing({ serviceName, endpoint: tracesEndpoint }));
    const backends = await openBackends(host, composition, closers);
    signal?.throwIfAborted();
    const { url } = await startFaces(target, composition, backends, closers);
    await untilReady(host.health, lost, signal);
    host.logger.info({ url }, 'ready');
    return { configuration, logger: host.logger, backends, url, lost, stop };
  } catch (error) {
    host.health.stopping();
    await stop();
    throw error;
  }
}

function createHost(configuration: Configuration): { readonly host: Host; readonly lost: Promise<never> } {
  const logger = createLogger({ level: configuration.observability.logLevel, target: configuration.process.target });
  const health = new Health();
  let report = (_error: unknown): void => undefined;
  const lost = new Promise<never>((_, reject) => (report = reject));
  lost.catch(() => undefined);
  const host: Host = {
    configuration,
    logger,
    metrics: createMetrics(),
    health,
    clock: systemClock,
    lost: (part, error) => {
      logger.fatal({ part, error }, `${part} is lost; this process ends`);
      health.lost(`${part} is lost`);
      report(error);
    },
  };
  return { host, lost };
}

/** The probes say when everything consumes. */
async function untilReady(health: Health, lost: Promise<never>, signal: AbortSignal | undefined): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  health.started();
  for (;;) {
    const report = await Promise.race([health.readiness(), lost]);
    if (report.status === 'ok') return;
    if (performance.now() > deadline) {
      const failing = report.probes.filter(({ status }) => status === 'failed');
      const detail = failing.map(({ name, reason }) => `${name}: ${reason ?? ''}`).join('; ');
      throw new HarmonyError('NOT_READY', { detail: `Not ready after ${readyWithinMs / 1000} seconds. ${detail}` });
    }
    await pause(20);
    signal?.throwIfAborted();
  }
}
