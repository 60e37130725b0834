import { FolderObjectStore, partCountOf } from '@harmony/object-store';
import { createReadStream } from 'node:fs';
import { assertSame } from '../harness/bench.js';
import { partBytes } from './source-file.js';

/** Parts that are on their way at the same time, as a browser sends them. */
export const senders = 2;

/** Uploads the file in parts, and leaves the object there. */
export async function uploadToFolder(
  store: FolderObjectStore,
  source: { readonly file: string; readonly bytes: number; readonly sha256: string },
): Promise<void> {
  const { file, bytes, sha256 } = source;
  const plan = { key: 'bench/recording', contentType: 'application/octet-stream', bytes, partBytes };
  const upload = await store.startUpload(plan);
  const waiting = Array.from({ length: partCountOf(upload) }, (_, index) => index + 1).values();
  const sender = async (): Promise<void> => {
    for (const number of waiting) {
      const start = (number - 1) * partBytes;
      const end = Math.min(start + partBytes, bytes) - 1;
      await store.putPart(upload, number, createReadStream(file, { start, end, highWaterMark: 512 << 10 }));
    }
  };
  await Promise.all(Array.from({ length: senders }, sender));
  const info = await store.completeUpload(upload, { sha256 });
  assertSame('the digest of the object', info.sha256, sha256);
}
