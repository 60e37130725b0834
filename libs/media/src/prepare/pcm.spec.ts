import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { blocksOf, channelOf, mixOf } from './pcm.js';

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function collected(bytes: Buffer, size: number, channels: number): Promise<number[]> {
  const all: number[] = [];
  for await (const block of blocksOf(pieces(bytes, size), channels)) all.push(...block);
  return all;
}

describe('interleaved PCM', () => {
  const sample = fc.integer({ min: -32_768, max: 32_767 });

  it('is cut into whole frames, whatever the pieces it comes in', async () => {
    const given = fc.tuple(
      fc.array(sample, { maxLength: 200 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 50 }),
    );
    await fc.assert(
      fc.asyncProperty(given, async ([samples, channels, size]) => {
        const bytes = Buffer.from(Int16Array.from(samples).buffer);
        const whole = samples.slice(0, Math.floor(samples.length / channels) * channels);
        expect(await collected(bytes, size, channels)).toEqual(whole);
      }),
    );
  });

  it('loses nothing at the border of two blocks', async () => {
    const samples = Int16Array.from({ length: 200_001 }, (_, index) => index % 30_000);
    expect(await collected(Buffer.from(samples.buffer), 65_536, 1)).toEqual([...samples]);
  });

  it('comes apart into its channels, and together as their mean', () => {
    const block = Int16Array.of(100, 300, -100, -300, 32_767, 32_767);
    expect([...channelOf(block, 2, 0)]).toEqual([100, -100, 32_767]);
    expect([...channelOf(block, 2, 1)]).toEqual([300, -300, 32_767]);
    expect([...mixOf(block, 2)]).toEqual([200, -200, 32_767]);
  });
});
