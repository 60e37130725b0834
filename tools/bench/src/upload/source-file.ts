import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

export const partBytes = 16 * 1024 * 1024;

/** Bytes that no file system can make smaller, from the seed; begins like an MP3 file. */
export function* sourceParts(bytes: number, seed: number): Generator<Buffer> {
  const part = Buffer.alloc(partBytes);
  let state = seed | 1;
  for (let index = 0; index < partBytes; index += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    part.writeInt32LE(state, index);
  }
  for (let start = 0, number = 0; start < bytes; start += partBytes, number += 1) {
    const copy = Buffer.from(part.subarray(0, Math.min(partBytes, bytes - start)));
    copy.writeUInt32LE(number, 16);
    if (number === 0) copy.write('ID3\u0003\0\0\0\u007f\u007f\u007f', 'latin1');
    yield copy;
  }
}

/** Writes them to a file, flushed, and gives their digest. */
export async function writeSource(file: string, bytes: number, seed: number): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(file, 'wx');
  try {
    for (const part of sourceParts(bytes, seed)) {
      hash.update(part);
      await handle.writeFile(part);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}
