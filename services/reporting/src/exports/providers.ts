import type { Parts } from '../api/parts.js';
import { PrepareChanges } from '../comparison/export/prepare-changes.js';
import { ReviewedRevisions } from '../comparison/reviewed-revisions.js';
import { ExportController } from './api/export.controller.js';
import { ExportResolver } from './api/export.resolver.js';
import { FileAnswer } from './api/file-answer.js';
import { DownloadExport } from './download/download-export.js';
import { DownloadLinks } from './download/download-links.js';
import { SignExport } from './download/sign-export.js';
import { PrepareHistory } from './history/prepare-history.js';
import { ExportProgress } from './progress/export-progress.js';
import { ExportQueries } from './read-model/export-queries.js';
import { CancelExport } from './start/cancel-export.js';
import { StartExport } from './start/start-export.js';
import { StreamExport } from './start/stream-export.js';
import { ExportStreams } from './streams/export-streams.js';
import { ExportConsumer } from './worker/export.consumer.js';
import { RemoveExportJob } from './worker/remove-export.job.js';
import { WriteExportJob } from './worker/write-export.job.js';
import { ExportedFields } from './write/exported-fields.js';
import { PrepareExport } from './write/prepare-export.js';
import { Requesters } from './write/requesters.js';
import { WatchExport } from './write/watch-export.js';
import { WriteExport } from './write/write-export.js';

/** Both faces write: a small file is there with the answer. */
const writing = [
  PrepareChanges,
  PrepareHistory,
  ReviewedRevisions,
  ExportStreams,
  ExportProgress,
  ExportedFields,
  PrepareExport,
  Requesters,
  WatchExport,
  WriteExport,
];

/** Files for spreadsheets and programs. */
export const exportProviders: Parts = {
  controllers: [ExportController],
  providers: [
    ...writing,
    ...[DownloadLinks, DownloadExport, SignExport, ExportQueries, StartExport, StreamExport, CancelExport],
    ...[FileAnswer, ExportResolver],
  ],
};

/** Writes large exports. */
export const exportWorkers: Parts = {
  controllers: [ExportConsumer],
  providers: [...writing, WriteExportJob, RemoveExportJob],
};
