import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import type { LogPosition } from '@harmony/event-store';
import { fact, type Clock } from '@harmony/kernel';
import { partCountOf, type ObjectStore } from '@harmony/object-store';
import { CLOCK, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { conversationIdOf, RecordSubmission } from '../submit-conversation/record-submission.js';
import { formFields, line } from '../submit-conversation/submission.js';
import { checkRecordingBytes, partBytes, recordingKey, uploadLifetimeMs } from './recording-limits.js';
import { recordingContentType, UploadStreams } from './upload-streams.js';
import { UploadViews, type UploadView } from './upload-view.js';

const { title: _, ...withoutTitle } = formFields;

/** Body of `POST /v1/uploads`. */
export const startUploadSchema = z.strictObject({
  fileName: line(300).describe('As it is called where it comes from.'),
  bytes: z.int().nonnegative().describe('Of the whole file, at most 2,147,483,648.'),
  contentType: line(200).nullish().describe('What the sender takes it for; only the bytes decide.'),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .nullish()
    .describe('Of the whole file in hex, where it is known beforehand. What arrives must match it.'),
  title: line(300).nullish().describe('Absent: the name of the file.'),
  ...withoutTitle,
});

export interface StartedUpload {
  readonly upload: UploadView;
  /** Where the log stood; a reader who waits for it sees the conversation. */
  readonly position: LogPosition;
}

/** Begins to take a recording in parts: the conversation exists from here on, as UPLOADING. */
@Injectable()
export class StartUpload {
  constructor(
    private readonly submission: RecordSubmission,
    private readonly uploads: UploadStreams,
    private readonly views: UploadViews,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * `input` is outside data. The same command gives the same upload.
   * @throws HarmonyError FILE_TOO_LARGE, NOT_A_RECORDING for an empty file, or of the caller's input, rights or references
   */
  async execute(input: unknown, request: RequestContext): Promise<StartedUpload> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'conversations', 'create');
    const { fileName, bytes, contentType, sha256, ...form } = parseInput(startUploadSchema, input);
    checkRecordingBytes(bytes);
    const conversationId = conversationIdOf(request);
    const earlier = await this.uploads.load(conversationId);
    const started = earlier.position
      ? undefined
      : await this.startInStore(principal.workspaceId, conversationId, bytes);
    const following = started && [
      fact('UploadStarted', {
        ...{ conversationId, fileName, bytes, partBytes },
        ...{ key: started.key, storeUploadId: started.id, partCount: partCountOf(started) },
        declaredType: contentType ?? null,
        sha256: sha256?.toLowerCase() ?? null,
        expiresAt: new Date(this.clock.now().getTime() + uploadLifetimeMs).toISOString(),
      }),
    ];
    try {
      const wanted = { conversationId, source: 'RECORDING', form, title: fileName, content: null } as const;
      const { position } = await this.submission.execute({ ...wanted, following: following ?? [] }, request);
      const upload = await this.uploads.find(conversationId, principal);
      // Another request of the same command was faster, so this one's place in the store is not needed.
      if (started && upload.plan.storeUploadId !== started.id) await this.objects.abortUpload(started);
      return { upload: await this.views.of(upload), position };
    } catch (error) {
      if (started && !(await this.isRecorded(conversationId, started.id))) await this.objects.abortUpload(started);
      throw error;
    }
  }

  private startInStore(
    workspaceId: string,
    conversationId: string,
    bytes: number,
  ): ReturnType<ObjectStore['startUpload']> {
    const key = recordingKey(workspaceId, conversationId);
    return this.objects.startUpload({ key, contentType: recordingContentType, bytes, partBytes });
  }

  /** An append whose answer was lost may have happened. */
  private async isRecorded(conversationId: string, storeUploadId: string): Promise<boolean> {
    const loaded = await this.uploads.load(conversationId).catch(() => undefined);
    return !loaded || loaded.state?.plan?.storeUploadId === storeUploadId;
  }
}
