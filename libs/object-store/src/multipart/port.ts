import type { ObjectInfo } from '../port.js';

/** What is to be uploaded: every part has `partBytes` bytes, and the last one what is left. */
export interface UploadPlan {
  readonly key: string;
  readonly contentType: string;
  /** Of the whole object, at least 1. */
  readonly bytes: number;
  /** At least {@link minimumPartBytes} where there is more than one part; at most {@link maximumPartCount} parts. */
  readonly partBytes: number;
}

/** An upload that was started. A plain value: whoever keeps it can go on with the upload, from any process. */
export interface Upload extends UploadPlan {
  readonly id: string;
}

/** A part that has arrived. */
export interface UploadedPart {
  /** From 1. */
  readonly number: number;
  readonly bytes: number;
  /** Hex; absent where no checksum came with the bytes, or they went to the store by themselves. */
  readonly sha256?: string | undefined;
}

/** What the sender says of the bytes; each digest that is given is compared with one of our own. */
export interface ExpectedDigests {
  /** Of the whole object. */
  readonly sha256?: string;
  readonly parts?: readonly { readonly number: number; readonly sha256: string }[];
}

/** The least that S3 takes for a part that is not the last. */
export const minimumPartBytes = 5 << 20;
/** The most that S3 takes. */
export const maximumPartCount = 10_000;

/**
 * Objects that arrive in parts: in any order, side by side, again and again, over crashes of every process of ours.
 * Nobody sees the object before it is complete. An upload that is unknown or over: UPLOAD_NOT_FOUND.
 */
export interface MultipartUploads {
  /** @throws HarmonyError INVALID_INPUT for a plan that not every store could keep. */
  startUpload(plan: UploadPlan): Promise<Upload>;
  /** An address that takes one PUT of the part without further credentials; undefined where only putPart does. */
  partUrl(upload: Upload, number: number, expiresInSeconds: number): Promise<string | undefined>;
  /**
   * Stores one part whole, or leaves what was there. Of several for one number, the last that succeeded stays.
   * @throws HarmonyError WRONG_PART_SIZE, CHECKSUM_MISMATCH, INVALID_INPUT for a number that the plan does not have.
   */
  putPart(
    upload: Upload,
    number: number,
    body: AsyncIterable<Uint8Array> | Uint8Array,
    options?: { readonly expectedSha256?: string },
  ): Promise<UploadedPart>;
  /** What has safely arrived, by number. */
  listParts(upload: Upload): Promise<UploadedPart[]>;
  /**
   * Makes the object once every byte was read and hashed here. Doing it again, also after a crash in the middle, gives
   * the same answer as long as the object is there.
   * @throws HarmonyError UPLOAD_INCOMPLETE with the part numbers `missing` and `wrongSize` as facts, and the upload goes
   * on; CHECKSUM_MISMATCH with the wrong `parts` as facts, where checksums of parts were given: no object is there, and
   * the upload goes on where the store can still take single parts, which listParts tells; else it is over
   */
  completeUpload(upload: Upload, expected?: ExpectedDigests): Promise<ObjectInfo>;
  /** Removes every part; harmless for an upload that is over. A completed object stays. */
  abortUpload(upload: Upload): Promise<void>;
  /**
   * Aborts uploads that were started before the time and then forgotten; resolves to how many. A backstop, which finds
   * none in MinIO: it does not list them, and drops them by itself after a day.
   */
  sweepUploads(startedBefore: Date): Promise<number>;
}
