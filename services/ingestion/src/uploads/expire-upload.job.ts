import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, JobRunner, OBJECT_STORE } from '@harmony/runtime';
import { derivedId } from '@harmony/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { decideExpiry } from '../domain/upload.js';
import { uploadLifetimeMs } from './recording-limits.js';
import { inStore, UploadStreams } from './upload-streams.js';

export const expireUploadJob = 'ingestion.expire-upload';

const payload = z.object({ conversationId: z.uuid() });
type ExpireUploadPayload = z.output<typeof payload>;

/** Gives up an upload that was not finished in time. */
@JobRunner()
@Injectable()
export class ExpireUploadJob implements JobDefinition<ExpireUploadPayload> {
  readonly name = expireUploadJob;
  readonly payload = payload;
  readonly attempts = 12;
  readonly timeLimitMs = 5 * 60_000;

  constructor(
    private readonly uploads: UploadStreams,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ conversationId }: ExpireUploadPayload, context: JobContext): Promise<void> {
    const now = this.clock.now();
    try {
      const { state } = await this.uploads.load(conversationId);
      const isDue = state?.outcome === 'EXPIRED' || decideExpiry(state, conversationId, now).length > 0;
      if (!state?.plan || !isDue) return;
      await this.objects.abortUpload(inStore({ ...state, id: conversationId, plan: state.plan }));
      const cause = {
        causationId: derivedId(conversationId, expireUploadJob),
        correlationId: context.correlationId,
        workspaceId: context.workspaceId,
        actor: { kind: 'SYSTEM', id: 'ingestion' },
        occurredAt: now.toISOString(),
      } as const;
      await this.uploads.change(conversationId, cause, { decision: 'expired' }, (current) =>
        decideExpiry(current, conversationId, now),
      );
      // The parts may have become an object already, when a process died before it could say so.
      const { state: ended } = await this.uploads.load(conversationId);
      if (ended?.outcome === 'EXPIRED') await this.objects.delete(state.plan.key);
      // What no event knows of, since a process died between the store and the log, is long forgotten by then.
      await this.objects.sweepUploads(new Date(now.getTime() - 2 * uploadLifetimeMs));
    } catch (error) {
      if (!(error instanceof HarmonyError && error.code === 'STREAM_DELETED')) throw error;
    }
  }
}
