import { open } from 'node:fs/promises';
import type { Sound } from '../port.js';
import { soundOfWav } from './sounds.js';

/** Opens a WAV file on this machine for as long as the work takes. @throws HarmonyError SPEECH_FAILED */
export async function withWavFile<Result>(path: string, work: (sound: Sound) => Promise<Result>): Promise<Result> {
  const file = await open(path, 'r');
  try {
    const { size: bytes } = await file.stat();
    const read = async (start: number, count: number): Promise<Buffer> => {
      const buffer = Buffer.alloc(count);
      const { bytesRead } = await file.read(buffer, 0, count, start);
      return buffer.subarray(0, bytesRead);
    };
    return await work(await soundOfWav({ bytes, read }));
  } finally {
    await file.close();
  }
}
