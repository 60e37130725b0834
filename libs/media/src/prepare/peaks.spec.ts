import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Peaks, waveformData } from './peaks.js';

const drawn = (samples: readonly number[], cuts: readonly number[]): ReturnType<typeof waveformData> => {
  const peaks = new Peaks();
  let from = 0;
  for (const cut of [...cuts, samples.length].sort((one, other) => one - other)) {
    peaks.add(Int16Array.from(samples.slice(from, cut)));
    from = Math.max(from, cut);
  }
  return waveformData([peaks], 16_000);
};

const samples = fc.array(fc.integer({ min: -32_768, max: 32_767 }), { maxLength: 1_000 });

describe('peaks of a recording', () => {
  it('are the lowest and highest sample of each stretch, wherever the stream was cut', () => {
    const cuts = fc.array(fc.nat(1_000), { maxLength: 5 });
    fc.assert(
      fc.property(samples, cuts, (all, at) => {
        const { data, length } = drawn(all, at);
        const stretches = Array.from({ length: Math.ceil(all.length / 160) }, (_, pixel) =>
          all.slice(pixel * 160, (pixel + 1) * 160),
        );
        expect(length).toBe(stretches.length);
        expect(data).toEqual(stretches.flatMap((stretch) => [Math.min(...stretch) >> 8, Math.max(...stretch) >> 8]));
      }),
    );
  });

  it('stay few however long the recording is, and still know its loudest moment', () => {
    const peaks = new Peaks();
    const minute = new Int16Array(16_000 * 60);
    for (let minutes = 0; minutes < 120; minutes += 1) peaks.add(minute);
    peaks.add(Int16Array.of(30_000));
    const { length, data, samples_per_pixel: samplesPerPixel } = waveformData([peaks], 16_000);
    expect(length).toBeLessThanOrEqual(8_192);
    expect(length * samplesPerPixel).toBeGreaterThanOrEqual(16_000 * 60 * 120);
    expect(data.at(-1)).toBe(30_000 >> 8);
  });

  it('take the channels in turn', () => {
    const [left, right] = [new Peaks(), new Peaks()];
    left.add(Int16Array.of(256, 512));
    right.add(Int16Array.of(-256, -512));
    expect(waveformData([left, right], 16_000)).toMatchObject({ channels: 2, length: 1, data: [1, 2, -2, -1] });
  });
});
