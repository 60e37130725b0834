import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soundOfWav } from './sounds.js';
import { withWavFile } from './wav-path.js';
import { samplesFrom, wavFile } from './wav.js';

const sourceOf = (file: Buffer): Parameters<typeof soundOfWav>[0] => ({
  bytes: file.length,
  read: async (start, count) => file.subarray(start, start + count),
});
const samplesArbitrary = fc.array(fc.integer({ min: -32_768, max: 32_767 })).map((list) => Int16Array.from(list));

describe('a WAV file', () => {
  it('gives back the samples that were written, any stretch of them', async () => {
    await fc.assert(
      fc.asyncProperty(samplesArbitrary, fc.nat(100), fc.nat(100), async (samples, start, count) => {
        const sound = await soundOfWav(sourceOf(wavFile(samples)));
        expect(sound.samples).toBe(samples.length);
        expect(await sound.read(start, count)).toEqual(samples.slice(start, start + count));
      }),
    );
  });

  it('may hold notes before its samples, and fewer samples than it says', async () => {
    const plain = wavFile(Int16Array.of(1, 2, 3, 4));
    const note = Buffer.concat([Buffer.from('LIST'), Buffer.from([3, 0, 0, 0]), Buffer.from('abc\0')]);
    const noted = Buffer.concat([plain.subarray(0, 36), note, plain.subarray(36)]);
    const cut = noted.subarray(0, noted.length - 3);
    await expect(soundOfWav(sourceOf(noted))).resolves.toMatchObject({ samples: 4 });
    await expect(soundOfWav(sourceOf(cut))).resolves.toMatchObject({ samples: 2 });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['something else', Buffer.from('ID3'.padEnd(100))],
    ['no samples', wavFile(new Int16Array()).subarray(0, 36)],
    ['stereo', patched(22, 2)],
    ['another rate', patched(24, 1)],
    ['floats', patched(20, 3)],
    ['eight bits', patched(34, 8)],
  ])('is refused when it is %s', async (_, file) => {
    await expect(soundOfWav(sourceOf(file))).rejects.toMatchObject({ code: 'SPEECH_FAILED' });
  });

  it('is read from a path, and closed afterwards', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'harmony-wav-'));
    const path = join(folder, 'sound.wav');
    await writeFile(path, wavFile(Int16Array.of(5, 6, 7)));
    await expect(withWavFile(path, (sound) => sound.read(1, 9))).resolves.toEqual(Int16Array.of(6, 7));
    await rm(folder, { recursive: true });
  });
});

it('samples are read from odd addresses too', () => {
  expect(samplesFrom(Buffer.from([9, 1, 0, 2, 0, 3]).subarray(1))).toEqual(Int16Array.of(1, 2));
});

function patched(offset: number, value: number): Buffer {
  const file = wavFile(Int16Array.of(1));
  file.writeUInt16LE(value, offset);
  return file;
}
