import type { ServiceDescriptor } from '@harmony/runtime';
import { ExtractionApiModule } from './api/api.module.js';
import { AddWorkToReplies1764000100000, CreateReplies1763900000001 } from './journal/migration.js';
import { extractionsProjection } from './projections/extractions.projection.js';
import { ExtractionWorkerModule } from './worker/worker.module.js';

/** Finds what conversations say, before any definition asks. */
export const extraction: ServiceDescriptor = {
  name: 'extraction',
  api: ExtractionApiModule,
  worker: ExtractionWorkerModule,
  projections: [extractionsProjection],
  migrations: [CreateReplies1763900000001, AddWorkToReplies1764000100000],
  afterDeadLetter: 'park-key',
};
