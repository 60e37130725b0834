import { requirePermission, type Principal } from '@harmony/access';
import { HarmonyError, streams, type EventDataOf } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import type { Upload } from '@harmony/object-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { evolveUpload, type RecordingUpload } from '../domain/upload.js';

/** An upload in parts, whoever it belongs to having been checked. */
export interface FoundUpload extends RecordingUpload {
  readonly id: string;
  readonly plan: EventDataOf<'UploadStarted'>;
}

/** What is stored is told by the recorded event alone: the bytes decide what it is, so no sender's word is kept here. */
export const recordingContentType = 'application/octet-stream';

/** The upload as the object store knows it. */
export const inStore = ({ plan: { storeUploadId, key, bytes, partBytes } }: FoundUpload): Upload => ({
  id: storeUploadId,
  contentType: recordingContentType,
  ...{ key, bytes, partBytes },
});

/** Uploads in the event store. The id of an upload is the one of its conversation. */
@Injectable()
export class UploadStreams extends StateStreams<RecordingUpload> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.conversation, evolve: evolveUpload });
  }

  /**
   * The upload for whoever started it. @throws HarmonyError FORBIDDEN, or NOT_FOUND for every upload of somebody else
   * and for one that was stopped.
   */
  async find(id: string, principal: Principal): Promise<FoundUpload> {
    requirePermission(principal, 'conversations', 'create');
    const { workspaceId, userId } = principal;
    const upload = z.uuid().safeParse(id).success ? await this.stateOf(id) : undefined;
    const isOwn = upload?.createdBy === userId && upload.workspaceId === workspaceId;
    if (!upload?.plan || !isOwn || upload.outcome === 'GONE') throw new HarmonyError('NOT_FOUND');
    return { ...upload, id, plan: upload.plan };
  }

  private async stateOf(id: string): Promise<RecordingUpload | undefined> {
    try {
      return (await this.load(id)).state;
    } catch (error) {
      if (error instanceof HarmonyError && error.code === 'STREAM_DELETED') return undefined;
      throw error;
    }
  }
}

/** @throws HarmonyError UPLOAD_EXPIRED, UPLOAD_ENDED for one that takes nothing any more */
export function requireOpen({ outcome, plan }: FoundUpload, now: Date): void {
  if (outcome === 'EXPIRED' || (outcome === 'OPEN' && now >= new Date(plan.expiresAt))) {
    throw new HarmonyError('UPLOAD_EXPIRED');
  }
  if (outcome !== 'OPEN') throw new HarmonyError('UPLOAD_ENDED');
}
