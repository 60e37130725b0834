import { HarmonyError } from '@harmony/contracts';
import type { Projection } from '@harmony/read-model';
import type { Operator } from '../operator.js';

/** @throws HarmonyError UNKNOWN_PROJECTION with the names that there are. */
export function findProjection({ projections }: Operator, name: string): Projection {
  const found = projections.find((projection) => projection.name === name);
  if (found) return found;
  const names = projections.map((projection) => projection.name).join(', ');
  throw new HarmonyError('UNKNOWN_PROJECTION', { detail: `No projection is named ${name}. There are: ${names}.` });
}
