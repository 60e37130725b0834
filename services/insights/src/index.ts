import type { ServiceDescriptor } from '@harmony/runtime';
import { InsightsApiModule } from './api/api.module.js';
import { CreateInsightsWork1763900000000 } from './journal/migration.js';
import { projectsProjection } from './projections/projects.projection.js';
import { resultsProjection } from './projections/results.projection.js';
import { usageProjection } from './projections/usage.projection.js';
import { InsightsWorkerModule } from './worker/worker.module.js';

/** Answers the definitions of projects about every conversation that belongs into them. */
export const insights: ServiceDescriptor = {
  name: 'insights',
  api: InsightsApiModule,
  worker: InsightsWorkerModule,
  projections: [projectsProjection, resultsProjection, usageProjection],
  migrations: [CreateInsightsWork1763900000000],
  afterDeadLetter: 'park-key',
};
