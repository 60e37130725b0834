import type { ServiceDescriptor } from '@harmony/runtime';
import { RevisionsApiModule } from './api/api.module.js';
import { RevisionsWorkerModule } from './worker/worker.module.js';

/** The past of projects, run again: drafts that are compared, published, put in force and taken back. */
export const revisions: ServiceDescriptor = {
  name: 'revisions',
  api: RevisionsApiModule,
  worker: RevisionsWorkerModule,
  projections: [],
  migrations: [],
  afterDeadLetter: 'park-key',
};
