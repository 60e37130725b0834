import { HarmonyError } from '@harmony/contracts';
import type { JobDefinition } from '@harmony/messaging';
import { inSpan, withCorrelation } from '@harmony/observability';
import type { INestApplicationContext } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { JOB_RUNNER } from '../job-runner.js';

/**
 * The providers of a container that are marked with {@link JobRunner}.
 * @throws HarmonyError INTERNAL for one that is no job definition or carries another service's name.
 */
export function findJobs(container: INestApplicationContext, service: string): readonly JobDefinition[] {
  const providers = container.get(DiscoveryService, { strict: false }).getProviders();
  const marked = providers.filter(({ metatype }) => metatype && Reflect.hasMetadata(JOB_RUNNER, metatype));
  return marked.map(({ instance, name }) => {
    const definition: unknown = instance;
    if (!isJobDefinition(definition))
      throw new HarmonyError('INTERNAL', { detail: `${String(name)} is marked as a job runner and is none.` });
    if (!definition.name.startsWith(`${service}.`))
      throw new HarmonyError('INTERNAL', {
        detail: `The job ${definition.name} must be called ${service}.<something>.`,
      });
    return observed(definition);
  });
}

function isJobDefinition(value: unknown): value is JobDefinition {
  const { name, payload, attempts, timeLimitMs, run } = (value ?? {}) as Partial<Record<keyof JobDefinition, unknown>>;
  const typed = typeof name === 'string' && typeof payload === 'object' && typeof run === 'function';
  return typed && typeof attempts === 'number' && typeof timeLimitMs === 'number';
}

/** The same job, in a span and with the correlation id of what asked for it. */
function observed(definition: JobDefinition): JobDefinition {
  const { name, payload, attempts, timeLimitMs, isLong = false } = definition;
  const within = (correlationId: string, work: () => Promise<void>): Promise<void> =>
    withCorrelation(correlationId, () => inSpan(`job ${name}`, {}, work));
  return {
    name,
    payload,
    attempts,
    timeLimitMs,
    isLong,
    run: (value, context) => within(context.correlationId, () => definition.run(value, context)),
    ...(definition.failed && {
      failed: (value, error, context) =>
        within(context.correlationId, async () => definition.failed?.(value, error, context)),
    }),
  };
}
