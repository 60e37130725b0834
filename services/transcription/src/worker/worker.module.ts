import type { Configuration } from '@harmony/config';
import { Media, openMedia } from '@harmony/media';
import { CONFIGURATION } from '@harmony/runtime';
import { Module } from '@nestjs/common';
import { StageAttempts } from '../attempt/stage-attempts.js';
import { PrepareRecordingJob } from '../prepare-recording/prepare-recording.job.js';
import { RerunTranscriptJob } from '../rerun/rerun-transcript.job.js';
import { RerunConsumer } from '../rerun/rerun.consumer.js';
import { RevisionStreams } from '../streams/revision-streams.js';
import { TranscriptionStreams } from '../streams/transcription-streams.js';
import { SpeechEngineLifetime, speechEngineProvider } from '../transcribe/speech-engine.provider.js';
import { TranscribeJob } from '../transcribe/transcribe.job.js';
import { TranscriptionConsumer } from './transcription.consumer.js';

/** The working face of transcription. */
@Module({
  controllers: [TranscriptionConsumer, RerunConsumer],
  providers: [
    TranscriptionStreams,
    StageAttempts,
    PrepareRecordingJob,
    { provide: Media, useFactory: ({ media }: Configuration) => openMedia(media), inject: [CONFIGURATION] },
    TranscribeJob,
    RevisionStreams,
    RerunTranscriptJob,
    speechEngineProvider,
    SpeechEngineLifetime,
  ],
})
export class TranscriptionWorkerModule {}
