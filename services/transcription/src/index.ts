import type { ServiceDescriptor } from '@harmony/runtime';
import { TranscriptionApiModule } from './api.module.js';
import { TranscriptionWorkerModule } from './worker/worker.module.js';

/** Turns recordings into transcripts. */
export const transcription: ServiceDescriptor = {
  name: 'transcription',
  api: TranscriptionApiModule,
  worker: TranscriptionWorkerModule,
  projections: [],
  migrations: [],
  afterDeadLetter: 'park-key',
};

export {
  transcribeRecording,
  type RecordingToTranscribe,
  type TranscribedRecording,
} from './transcribe/transcribe-recording.js';
