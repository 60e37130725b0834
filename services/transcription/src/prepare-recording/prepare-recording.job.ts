import type { JobContext, JobDefinition } from '@harmony/messaging';
import { Media } from '@harmony/media';
import type { ObjectStore } from '@harmony/object-store';
import { JobRunner, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { StageAttempts, type Attempt } from '../attempt/stage-attempts.js';
import { decidePrepared } from '../domain/decide.js';
import { TranscriptionStreams } from '../streams/transcription-streams.js';
import { prepareRecordingJob } from '../worker/job-names.js';
import { prepareStored } from './stored-recording.js';

const payload = z.object({ conversationId: z.uuid() });
export type PrepareRecordingPayload = z.output<typeof payload>;

/** Makes of a recording what a player and a speech engine need. A run that was killed is repeated from the start. */
@JobRunner()
@Injectable()
export class PrepareRecordingJob implements JobDefinition<PrepareRecordingPayload> {
  readonly name = prepareRecordingJob;
  readonly payload = payload;
  readonly attempts = 5;
  readonly timeLimitMs = 60 * 60_000;

  constructor(
    private readonly attemptsOfStage: StageAttempts,
    private readonly transcriptions: TranscriptionStreams,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    private readonly media: Media,
  ) {}

  run({ conversationId }: PrepareRecordingPayload, context: JobContext): Promise<void> {
    return this.attemptsOfStage.run(conversationId, 'PREPARE', context, (attempt) => this.prepare(attempt, context));
  }

  failed({ conversationId }: PrepareRecordingPayload, error: unknown, context: JobContext): Promise<void> {
    return this.attemptsOfStage.failed(conversationId, 'PREPARE', error, context);
  }

  private async prepare({ state, cause }: Attempt, { workspaceId, signal }: JobContext): Promise<void> {
    const { conversationId, recording } = state;
    if (!recording) return;
    const prefix = `${workspaceId}/conversations/${conversationId}/`;
    const made = await prepareStored(this.media, this.objects, { recording, prefix, signal });
    await this.transcriptions.change(conversationId, cause, { decision: 'recording-prepared' }, (current) =>
      decidePrepared(current, recording, { conversationId, ...made }),
    );
  }
}
