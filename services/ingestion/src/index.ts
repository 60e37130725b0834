import type { ServiceDescriptor } from '@harmony/runtime';
import { IngestionApiModule } from './api/api.module.js';
import { conversationsProjection } from './projections/conversations.projection.js';
import { maximumTranscriptBytes } from './structured-import/upload-transcript.js';
import { IngestionWorkerModule } from './worker/worker.module.js';

/** Takes in conversations and makes transcripts of them. */
export const ingestion: ServiceDescriptor = {
  name: 'ingestion',
  api: IngestionApiModule,
  worker: IngestionWorkerModule,
  projections: [conversationsProjection],
  migrations: [],
  afterDeadLetter: 'park-key',
  bodyLimits: { '/v1/conversations/transcript-upload': maximumTranscriptBytes },
  streamedRoutes: ['POST /v1/conversations/upload', 'PUT /v1/uploads/:id/parts/:number'],
};
