import { AbortUpload } from './abort-upload.js';
import { CompleteUpload } from './complete-upload.js';
import { ExpireUploadJob } from './expire-upload.job.js';
import { ReceivePart } from './receive-part.js';
import { recognitionProviders } from './recognise-recording.js';
import { StartUpload } from './start-upload.js';
import { SubmitRecording } from './submit-recording.js';
import { UploadStreams } from './upload-streams.js';
import { UploadViews } from './upload-view.js';

/** What the api face needs for recordings that are sent to it. */
export const uploadProviders = [
  UploadStreams,
  UploadViews,
  ...recognitionProviders,
  StartUpload,
  ReceivePart,
  CompleteUpload,
  AbortUpload,
  SubmitRecording,
];

/** What the worker needs so that no upload stays unfinished. */
export const uploadWorkers = [UploadStreams, ExpireUploadJob];
