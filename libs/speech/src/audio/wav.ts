import { HarmonyError } from '@harmony/contracts';
import { sampleRate } from '../port.js';

const sampleBytes = 2;
const headerBytes = 44;
const chunkHeaderBytes = 8;

/** Where the samples of a file are. */
export interface WavLayout {
  readonly dataOffset: number;
  readonly samples: number;
}

/**
 * Reads the beginning of a file; chunks that are not known are passed over.
 * @throws HarmonyError SPEECH_FAILED for anything but 16 kHz, 16 bits, one channel
 */
export function readWavLayout(beginning: Buffer, fileBytes: number): WavLayout {
  if (text(beginning, 0) !== 'RIFF' || text(beginning, 8) !== 'WAVE') throw notReadable('it is no WAV file');
  let isFormatRight = false;
  let offset = 12;
  while (offset + chunkHeaderBytes <= beginning.length) {
    const name = text(beginning, offset);
    const bytes = beginning.readUInt32LE(offset + 4);
    const body = offset + chunkHeaderBytes;
    if (name === 'fmt ') isFormatRight = hasRightFormat(beginning, body);
    if (name === 'data') {
      if (!isFormatRight) throw notReadable('it is not 16 kHz, 16 bits, one channel');
      // A header that was written before the end was known says too much or nothing; the file itself does not lie.
      const present = Math.max(0, Math.min(bytes === 0 ? Infinity : bytes, fileBytes - body));
      return { dataOffset: body, samples: Math.floor(present / sampleBytes) };
    }
    offset = body + bytes + (bytes % 2);
  }
  throw notReadable('it holds no samples');
}

/** A file of the given samples, in memory. */
export function wavFile(samples: Int16Array): Buffer {
  const bytes = samples.length * sampleBytes;
  const file = Buffer.alloc(headerBytes + bytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(headerBytes - chunkHeaderBytes + bytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * sampleBytes, 28);
  file.writeUInt16LE(sampleBytes, 32);
  file.writeUInt16LE(sampleBytes * 8, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(bytes, 40);
  Buffer.from(samples.buffer, samples.byteOffset, bytes).copy(file, headerBytes);
  return file;
}

/** Samples from their bytes, which need not lie at an even address. */
export function samplesFrom(bytes: Buffer): Int16Array {
  const samples = new Int16Array(Math.floor(bytes.length / sampleBytes));
  Buffer.from(samples.buffer).set(bytes.subarray(0, samples.length * sampleBytes));
  return samples;
}

function hasRightFormat(file: Buffer, body: number): boolean {
  if (body + 16 > file.length) return false;
  const isMono = file.readUInt16LE(body + 2) === 1;
  const isPcm = file.readUInt16LE(body) === 1 && file.readUInt16LE(body + 14) === sampleBytes * 8;
  return isMono && isPcm && file.readUInt32LE(body + 4) === sampleRate;
}

const text = (file: Buffer, offset: number): string => file.toString('latin1', offset, offset + 4);

const notReadable = (why: string): HarmonyError =>
  new HarmonyError('SPEECH_FAILED', { detail: `The prepared sound cannot be read: ${why}.` });
