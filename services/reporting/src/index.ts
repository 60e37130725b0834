import type { ServiceDescriptor } from '@harmony/runtime';
import { ReportingApiModule } from './api/api.module.js';
import { reportsProjection } from './projections/reports.projection.js';
import { ReportingWorkerModule } from './worker/worker.module.js';

/** Puts what was found in conversations together: reports, rows, exports. */
export const reporting: ServiceDescriptor = {
  name: 'reporting',
  api: ReportingApiModule,
  worker: ReportingWorkerModule,
  projections: [reportsProjection],
  migrations: [],
  afterDeadLetter: 'park-key',
};
