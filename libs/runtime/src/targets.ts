import { HarmonyError } from '@harmony/contracts';
import type { ServiceDescriptor } from './descriptor.js';

/** What one process runs. */
export interface Target {
  readonly name: string;
  /** Whose working faces it runs. */
  readonly workers: readonly ServiceDescriptor[];
  readonly gateway: boolean;
  /** Always in its own target; in `all` where brokers are configured. */
  readonly relay: 'always' | 'with-brokers' | 'never';
}

const reserved = ['all', 'gateway', 'relay'];

/** Every name that {@link findTarget} knows, in the order of the list that a mistake is answered with. */
export const targetNames = (services: readonly ServiceDescriptor[]): readonly string[] => [
  ...reserved,
  ...services.map(({ name }) => name),
];

/** @throws HarmonyError UNKNOWN_TARGET with the list of targets. */
export function findTarget(name: string, services: readonly ServiceDescriptor[]): Target {
  requireDistinctNames(services);
  if (name === 'all') return { name, workers: services, gateway: true, relay: 'with-brokers' };
  if (name === 'gateway') return { name, workers: [], gateway: true, relay: 'never' };
  if (name === 'relay') return { name, workers: [], gateway: false, relay: 'always' };
  const workers = services.filter((service) => service.name === name);
  if (workers.length > 0) return { name, workers, gateway: false, relay: 'never' };
  const names = targetNames(services);
  throw new HarmonyError('UNKNOWN_TARGET', {
    detail: `There is no target "${name}". Choose one of: ${names.join(', ')}.`,
    facts: { targets: names },
  });
}

/** The name is also the consumer group and the schema, so two services with one name would share both. */
function requireDistinctNames(services: readonly ServiceDescriptor[]): void {
  const names = targetNames(services);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new HarmonyError('INTERNAL', { detail: `Two services or targets are named "${twice}".` });
}
