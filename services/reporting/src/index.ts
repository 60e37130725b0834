import type { ServiceDescriptor } from '@harmony/runtime';
import { ReportingApiModule } from './api/api.module.js';
import { CreateColumnSnapshots1763900200000 } from './columns/snapshots/migration.js';
import { CreateExportProgress1763900100000 } from './exports/progress/migration.js';
import { exportsProjection } from './exports/projections/exports.projection.js';
import { reportsProjection } from './projections/reports.projection.js';
import { ReportingWorkerModule } from './worker/worker.module.js';

/** Puts what was found in conversations together: reports, rows, exports. */
export const reporting: ServiceDescriptor = {
  name: 'reporting',
  api: ReportingApiModule,
  worker: ReportingWorkerModule,
  projections: [reportsProjection, exportsProjection],
  migrations: [CreateExportProgress1763900100000, CreateColumnSnapshots1763900200000],
  afterDeadLetter: 'park-key',
};
