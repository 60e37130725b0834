import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { draftName } from './part-place.js';
import type { Receipt } from './receipts.js';

const readBufferBytes = 512 << 10;

/**
 * The file that holds all parts one after the other and that nobody writes to any more. That is the draft itself, unless
 * a part lies elsewhere: whoever had its place in the draft may still be writing, so the parts are copied to a new file.
 */
export async function assembleDraft(folder: string, receipts: readonly Receipt[]): Promise<string> {
  const draft = join(folder, draftName);
  if (receipts.every(({ file }) => file === draftName)) return draft;
  const copy = join(folder, randomUUID());
  await pipeline(partsInOrder(folder, receipts), createWriteStream(copy, { highWaterMark: readBufferBytes }));
  return copy;
}

async function* partsInOrder(folder: string, receipts: readonly Receipt[]): AsyncGenerator<Buffer> {
  let offset = 0;
  for (const { file, bytes } of receipts) {
    yield* readRange(join(folder, file), file === draftName ? offset : 0, bytes);
    offset += bytes;
  }
}

/** So many bytes of a file from a place on. */
export const readRange = (file: string, start: number, bytes: number): AsyncIterable<Buffer> =>
  bytes > 0
    ? createReadStream(file, { start, end: start + bytes - 1, highWaterMark: readBufferBytes })
    : Readable.from([]);
