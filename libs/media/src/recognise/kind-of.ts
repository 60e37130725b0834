import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import { open } from 'node:fs/promises';
import { isGsm } from './gsm-frames.js';
import { gsm, kinds, type RecordingKind } from './kinds.js';

const headBytes = 4096;

/** What the bytes of a file, or the first of them, say that it is; undefined for what is no recording at all. */
export async function kindOf(source: string | Uint8Array): Promise<RecordingKind | undefined> {
  const type = await (typeof source === 'string' ? fileTypeFromFile(source) : fileTypeFromBuffer(source));
  if (type) return kinds.get(type.ext);
  return isGsm(await headOf(source)) ? gsm : undefined;
}

async function headOf(source: string | Uint8Array): Promise<Uint8Array> {
  if (typeof source !== 'string') return source.subarray(0, headBytes);
  const file = await open(source);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(headBytes), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
