import type { ServiceDescriptor } from '@harmony/runtime';
import { RevisionsApiModule } from './api/api.module.js';
import { CreateRevisionProgress1764000000000 } from './progress/migration.js';
import { revisionsProjection } from './projections/revisions.projection.js';
import { RevisionsWorkerModule } from './worker/worker.module.js';

/** The past of projects, run again: drafts that are compared, published, put in force and taken back. */
export const revisions: ServiceDescriptor = {
  name: 'revisions',
  api: RevisionsApiModule,
  worker: RevisionsWorkerModule,
  projections: [revisionsProjection],
  migrations: [CreateRevisionProgress1764000000000],
  afterDeadLetter: 'park-key',
};
