import type { ServiceDescriptor } from '@harmony/runtime';
import { InsightsApiModule } from './api/api.module.js';
import { projectsProjection } from './projections/projects.projection.js';
import { InsightsWorkerModule } from './worker/worker.module.js';

/** Answers the definitions of projects about every conversation that belongs into them. */
export const insights: ServiceDescriptor = {
  name: 'insights',
  api: InsightsApiModule,
  worker: InsightsWorkerModule,
  projections: [projectsProjection],
  migrations: [],
  afterDeadLetter: 'park-key',
};
