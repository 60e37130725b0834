import type { Readable } from 'node:stream';
import type { MultipartUploads } from './multipart/port.js';

/** What is known of a stored object. */
export interface ObjectInfo {
  readonly key: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly contentType: string;
}

/** Both inclusive, like an HTTP range; what lies beyond the object is cut off, and nothing of it left is an empty read. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface PutOptions {
  readonly contentType: string;
  /** Refuses with CHECKSUM_MISMATCH, and stores nothing, when the bytes differ. */
  readonly expectedSha256?: string;
  /** Refuses with PAYLOAD_TOO_LARGE, and stores nothing, when there is more. */
  readonly maximumBytes?: number;
}

/**
 * Recordings, texts, PDFs and exports. Keys are `workspaceId/area/name`, of letters, digits and `-_./`, never `..`.
 * Failures: OBJECT_NOT_FOUND, CHECKSUM_MISMATCH, PAYLOAD_TOO_LARGE, STORAGE_FULL, OBJECT_STORE_UNAVAILABLE.
 */
export interface ObjectStore extends MultipartUploads {
  /** All or nothing: a reader sees the old object or the new one. Memory stays flat whatever the size. */
  put(key: string, body: Readable | Uint8Array, options: PutOptions): Promise<ObjectInfo>;
  get(key: string, range?: ByteRange): Promise<Readable>;
  info(key: string): Promise<ObjectInfo>;
  /** Harmless for an object that is not there. */
  delete(key: string): Promise<void>;
  /** Keys that start with the text, in no promised order. */
  list(prefix: string): AsyncIterable<string>;
  /** Resolves when the store answers; the health probe. */
  check(): Promise<void>;
}
