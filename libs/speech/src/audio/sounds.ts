import type { Sound } from '../port.js';
import { readWavLayout, samplesFrom } from './wav.js';

/** Enough for the header of a file, whatever is noted in it. */
const beginningBytes = 65_536;

/** Bytes of a file from wherever it lies; fewer than asked for only at its end. */
export interface ByteSource {
  readonly bytes: number;
  read(start: number, count: number): Promise<Buffer>;
}

/** The sound of a WAV file. @throws HarmonyError SPEECH_FAILED */
export async function soundOfWav(file: ByteSource): Promise<Sound> {
  const { dataOffset, samples } = readWavLayout(await file.read(0, Math.min(beginningBytes, file.bytes)), file.bytes);
  return {
    samples,
    read: async (start, count) => {
      const wanted = Math.max(0, Math.min(count, samples - start));
      return wanted === 0 ? new Int16Array() : samplesFrom(await file.read(dataOffset + start * 2, wanted * 2));
    },
  };
}

/** Samples that are in memory anyway. */
export const soundOf = (samples: Int16Array): Sound => ({
  samples: samples.length,
  read: async (start, count) => samples.slice(start, start + count),
});
