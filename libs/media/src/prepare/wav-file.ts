import { HarmonyError } from '@harmony/contracts';
import { open, type FileHandle } from 'node:fs/promises';

/** Of everything that is prepared: what speech engines are made for. */
export const sampleRate = 16_000;

export const wavHeaderBytes = 44;
const sampleBytes = 2;

/** The header of a file of 16-bit PCM, one channel. */
export function wavHeader(samples: number): Buffer {
  const header = Buffer.alloc(wavHeaderBytes);
  const bytes = samples * sampleBytes;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(wavHeaderBytes - 8 + bytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * sampleBytes, 28);
  header.writeUInt16LE(sampleBytes, 32);
  header.writeUInt16LE(sampleBytes * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(bytes, 40);
  return header;
}

/** Writes one channel while it comes, in memory that does not grow; the header says how much once all of it is there. */
export class WavFile {
  #samples = 0;

  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async create(path: string): Promise<WavFile> {
    const wav = new WavFile(path, await open(path, 'w'));
    await wav.#write(wavHeader(0), 0);
    return wav;
  }

  /** @throws HarmonyError STORAGE_FULL */
  async add(samples: Int16Array): Promise<void> {
    const position = wavHeaderBytes + this.#samples * sampleBytes;
    this.#samples += samples.length;
    await this.#write(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), position);
  }

  async close(): Promise<void> {
    try {
      await this.#write(wavHeader(this.#samples), 0);
    } finally {
      await this.file.close();
    }
  }

  async #write(bytes: Uint8Array, position: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    } catch (cause) {
      const isFull = cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC';
      throw isFull ? new HarmonyError('STORAGE_FULL', { cause }) : cause;
    }
  }
}
