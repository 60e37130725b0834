import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { placeOfPart, type ObjectStore, type UploadedPart } from '@harmony/object-store';
import { CLOCK, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { inStore, type FoundUpload } from './upload-streams.js';

/**
 * What is told of an upload (F87). PREPARING: no part is there, "Preparing upload…". UPLOADING: "Uploading [X] parts…".
 * FINISHING: all parts are there, "Upload complete. Finishing up…". RECEIVED: the recording is there.
 */
export const uploadStates = ['PREPARING', 'UPLOADING', 'FINISHING', 'RECEIVED', 'EXPIRED', 'REFUSED'] as const;
export type UploadState = (typeof uploadStates)[number];

export interface UploadPartView {
  readonly number: number;
  readonly bytes: number;
  readonly received: boolean;
  /** Hex; null where the store does not tell. */
  readonly sha256: string | null;
  /** Takes one PUT of the part; a path of this API, or a signed address of the object store. */
  readonly url: string;
}

export interface UploadView {
  readonly id: string;
  readonly conversationId: string;
  readonly state: UploadState;
  readonly fileName: string;
  readonly bytes: number;
  readonly partBytes: number;
  readonly partCount: number;
  readonly receivedParts: number;
  readonly receivedBytes: number;
  readonly expiresAt: string;
  readonly failureCode: string | null;
  /** Empty once nothing can be sent any more. */
  readonly parts: readonly UploadPartView[];
}

/** Shows uploads as they are, by asking the store what has arrived. */
@Injectable()
export class UploadViews {
  constructor(
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(upload: FoundUpload): Promise<UploadView> {
    const { id, plan, outcome, failureCode } = upload;
    const { fileName, bytes, partBytes, partCount, expiresAt } = plan;
    const facts = { id, conversationId: id, fileName, bytes, partBytes, partCount, expiresAt, failureCode };
    const isOver = outcome === 'OPEN' && this.clock.now() >= new Date(expiresAt);
    if (outcome === 'EXPIRED' || outcome === 'GONE' || isOver) return { ...facts, ...nothing, state: 'EXPIRED' };
    if (outcome === 'REFUSED') return { ...facts, ...nothing, state: 'REFUSED' };
    const stored = outcome === 'OPEN' ? await this.storedParts(upload) : undefined;
    const all = { receivedParts: partCount, receivedBytes: bytes, parts: [] };
    if (!stored) return { ...facts, ...all, state: outcome === 'OPEN' ? 'FINISHING' : 'RECEIVED' };
    const parts = await this.partsOf(upload, stored);
    const received = parts.filter((part) => part.received);
    return {
      ...facts,
      parts,
      state: stateOf(received.length, partCount),
      receivedParts: received.length,
      receivedBytes: received.reduce((sum, part) => sum + part.bytes, 0),
    };
  }

  /** Undefined while the store makes one object of them. */
  private async storedParts(upload: FoundUpload): Promise<UploadedPart[] | undefined> {
    try {
      return await this.objects.listParts(inStore(upload));
    } catch (error) {
      if (error instanceof HarmonyError && error.code === 'UPLOAD_NOT_FOUND') return undefined;
      throw error;
    }
  }

  private partsOf(upload: FoundUpload, stored: readonly UploadedPart[]): Promise<UploadPartView[]> {
    const arrived = new Map(stored.map((part) => [part.number, part]));
    const seconds = Math.ceil((Date.parse(upload.plan.expiresAt) - this.clock.now().getTime()) / 1000);
    const numbers = Array.from({ length: upload.plan.partCount }, (_, index) => index + 1);
    return Promise.all(
      numbers.map(async (number) => {
        const part = arrived.get(number);
        const { bytes } = placeOfPart(upload.plan, number);
        const url = await this.objects.partUrl(inStore(upload), number, seconds);
        return {
          ...{ number, bytes },
          received: part?.bytes === bytes,
          sha256: part?.sha256 ?? null,
          url: url ?? `/v1/uploads/${upload.id}/parts/${number}`,
        };
      }),
    );
  }
}

const nothing = { receivedParts: 0, receivedBytes: 0, parts: [] };

function stateOf(received: number, partCount: number): UploadState {
  if (received === 0) return 'PREPARING';
  return received < partCount ? 'UPLOADING' : 'FINISHING';
}
