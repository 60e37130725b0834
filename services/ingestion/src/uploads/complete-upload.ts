import { causeOf, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import type { Clock } from '@harmony/kernel';
import type { ExpectedDigests, ObjectInfo, ObjectStore } from '@harmony/object-store';
import { CLOCK, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { decideReceipt, decideRefusal } from '../domain/upload.js';
import { namingParts } from './part-errors.js';
import { RecogniseRecording } from './recognise-recording.js';
import { inStore, requireOpen, UploadStreams, type FoundUpload } from './upload-streams.js';

const sha256 = z.string().regex(/^[0-9a-fA-F]{64}$/, 'Must be 64 hexadecimal digits.');

/** Body of `POST /v1/uploads/{id}/complete`. */
export const completeUploadSchema = z.strictObject({
  sha256: sha256.nullish().describe('Of the whole file in hex. What arrived must match it.'),
  parts: z
    .array(z.strictObject({ number: z.int().positive(), sha256 }))
    .max(1_000)
    .nullish()
    .describe('Checksums of parts, any of them, to learn which one is wrong.'),
});

/** Makes a recording of the parts: they are all there, their checksums hold, and the bytes are audio or video. */
@Injectable()
export class CompleteUpload {
  constructor(
    private readonly uploads: UploadStreams,
    private readonly recognition: RecogniseRecording,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * `input` is outside data. Harmless to repeat, also after a crash in the middle.
   * @throws HarmonyError UPLOAD_INCOMPLETE and the upload goes on; CHECKSUM_MISMATCH or NOT_A_RECORDING, and the
   * conversation failed, unless the store could still take the wrong parts again; UPLOAD_EXPIRED, UPLOAD_ENDED;
   * NOT_FOUND, also when the conversation is erased meanwhile
   */
  async execute(id: string, input: unknown, request: RequestContext): Promise<LogPosition> {
    const upload = await this.uploads.find(id, requirePrincipal(request));
    try {
      return await this.complete(upload, input, request);
    } catch (error) {
      if (!isCode(error, 'STREAM_DELETED')) throw error;
      // Whoever erased it may have looked for objects before the parts became one.
      await this.objects.delete(upload.plan.key);
      throw new HarmonyError('NOT_FOUND');
    }
  }

  private async complete(upload: FoundUpload, input: unknown, request: RequestContext): Promise<LogPosition> {
    const { sha256: whole, parts } = parseInput(completeUploadSchema, input ?? {});
    if (upload.outcome === 'OPEN') {
      requireOpen(upload, this.clock.now());
      const expected = whole ?? upload.plan.sha256;
      await this.receive(upload, { ...(expected && { sha256: expected }), parts: parts ?? [] }, request);
    }
    const { state, position } = await this.uploads.load(upload.id);
    if (state?.outcome === 'RECEIVED' && position) return position;
    throw new HarmonyError(state?.outcome === 'EXPIRED' ? 'UPLOAD_EXPIRED' : 'UPLOAD_ENDED');
  }

  private async receive(upload: FoundUpload, expected: ExpectedDigests, request: RequestContext): Promise<void> {
    const recording = await this.assemble(upload, expected, request);
    const recognised = await this.recognition.inObject(recording.key).catch(async (error: unknown) => {
      if (isCode(error, 'NOT_A_RECORDING')) {
        await this.refuse(upload, 'NOT_A_RECORDING', request);
        await this.objects.delete(recording.key);
      }
      throw error;
    });
    const { key, bytes, sha256: digest } = recording;
    const { fileName } = upload.plan;
    const decided = await this.uploads.change(upload.id, this.causeFor(request), { decision: 'received' }, (current) =>
      decideReceipt(current, {
        ...{ conversationId: upload.id, fileName, via: 'UPLOAD', ...recognised },
        recording: { key, bytes, sha256: digest },
      }),
    );
    if (decided) return;
    const { state } = await this.uploads.load(upload.id);
    if (state?.outcome !== 'RECEIVED') await this.objects.delete(key);
  }

  private async assemble(upload: FoundUpload, expected: ExpectedDigests, request: RequestContext): Promise<ObjectInfo> {
    try {
      return await this.objects.completeUpload(inStore(upload), expected);
    } catch (error) {
      if (isCode(error, 'CHECKSUM_MISMATCH') && !(await this.goesOn(upload))) {
        await this.refuse(upload, 'CHECKSUM_MISMATCH', request);
      }
      throw namingParts(error);
    }
  }

  private async goesOn(upload: FoundUpload): Promise<boolean> {
    try {
      await this.objects.listParts(inStore(upload));
      return true;
    } catch (error) {
      if (isCode(error, 'UPLOAD_NOT_FOUND')) return false;
      throw error;
    }
  }

  private async refuse(upload: FoundUpload, code: ErrorCode, request: RequestContext): Promise<void> {
    await this.uploads.change(upload.id, this.causeFor(request), { decision: 'refused' }, (current) =>
      decideRefusal(current, upload.id, code),
    );
  }

  private causeFor(request: RequestContext): ReturnType<typeof causeOf> {
    return causeOf(request, this.clock);
  }
}

const isCode = (error: unknown, code: ErrorCode): boolean => error instanceof HarmonyError && error.code === code;
