import type { Configuration } from '@harmony/config';
import { Media, openMedia } from '@harmony/media';
import { CONFIGURATION } from '@harmony/runtime';
import { Module } from '@nestjs/common';
import { StageAttempts } from '../attempt/stage-attempts.js';
import { PrepareRecordingJob } from '../prepare-recording/prepare-recording.job.js';
import { TranscriptionStreams } from '../streams/transcription-streams.js';
import { SpeechEngineLifetime, speechEngineProvider } from '../transcribe/speech-engine.provider.js';
import { TranscribeJob } from '../transcribe/transcribe.job.js';
import { TranscriptionConsumer } from './transcription.consumer.js';

/** The working face of transcription. */
@Module({
  controllers: [TranscriptionConsumer],
  providers: [
    TranscriptionStreams,
    StageAttempts,
    PrepareRecordingJob,
    { provide: Media, useFactory: ({ media }: Configuration) => openMedia(media), inject: [CONFIGURATION] },
    TranscribeJob,
    speechEngineProvider,
    SpeechEngineLifetime,
  ],
})
export class TranscriptionWorkerModule {}
