/** Waveform data as BBC audiowaveform writes it and peaks.js and wavesurfer read it. */
export interface WaveformData {
  readonly version: 2;
  readonly channels: number;
  readonly sample_rate: number;
  readonly samples_per_pixel: number;
  readonly bits: 8;
  /** Pixels of each channel. */
  readonly length: number;
  /** Lowest and highest value of each channel in turn, pixel by pixel, -128 to 127. */
  readonly data: readonly number[];
}

const firstSamplesPerPixel = 160;
const mostPixels = 8_192;

/**
 * The lowest and highest sample of each stretch of one channel. Stretches grow with the recording, so that both its
 * memory and its size stay the same whatever the length.
 */
export class Peaks {
  readonly #low = new Int16Array(mostPixels);
  readonly #high = new Int16Array(mostPixels);
  #samplesPerPixel = firstSamplesPerPixel;
  #pixels = 0;
  #inPixel = 0;
  #lowest = 0;
  #highest = 0;

  get samplesPerPixel(): number {
    return this.#samplesPerPixel;
  }

  add(samples: Int16Array): void {
    let from = 0;
    while (from < samples.length) {
      const to = Math.min(samples.length, from + this.#samplesPerPixel - this.#inPixel);
      this.#stretch(samples, from, to);
      this.#inPixel += to - from;
      from = to;
      if (this.#inPixel === this.#samplesPerPixel) this.#finishPixel();
    }
  }

  /** Pairs of lowest and highest value, one a pixel; the last pixel may be of fewer samples. */
  pairs(): readonly (readonly [number, number])[] {
    const open = this.#inPixel > 0 ? [[byte(this.#lowest), byte(this.#highest)] as const] : [];
    const done = Array.from({ length: this.#pixels }, (_, pixel) => {
      return [byte(this.#low[pixel]), byte(this.#high[pixel])] as const;
    });
    return [...done, ...open];
  }

  #stretch(samples: Int16Array, from: number, to: number): void {
    let lowest = this.#inPixel === 0 ? 32_767 : this.#lowest;
    let highest = this.#inPixel === 0 ? -32_768 : this.#highest;
    for (let index = from; index < to; index += 1) {
      const sample = samples[index] ?? 0;
      if (sample < lowest) lowest = sample;
      if (sample > highest) highest = sample;
    }
    this.#lowest = lowest;
    this.#highest = highest;
  }

  #finishPixel(): void {
    this.#low[this.#pixels] = this.#lowest;
    this.#high[this.#pixels] = this.#highest;
    this.#pixels += 1;
    this.#inPixel = 0;
    if (this.#pixels === mostPixels) this.#halve();
  }

  #halve(): void {
    this.#pixels /= 2;
    this.#samplesPerPixel *= 2;
    for (let pixel = 0; pixel < this.#pixels; pixel += 1) {
      const [one, other] = [2 * pixel, 2 * pixel + 1];
      this.#low[pixel] = Math.min(this.#low[one] ?? 0, this.#low[other] ?? 0);
      this.#high[pixel] = Math.max(this.#high[one] ?? 0, this.#high[other] ?? 0);
    }
  }
}

const byte = (sample = 0): number => sample >> 8;

/** What a player draws; all channels have seen the same number of samples. */
export function waveformData(channels: readonly Peaks[], sampleRate: number): WaveformData {
  const drawn = channels.map((channel) => channel.pairs());
  const length = drawn[0]?.length ?? 0;
  return {
    version: 2,
    channels: channels.length,
    sample_rate: sampleRate,
    samples_per_pixel: channels[0]?.samplesPerPixel ?? firstSamplesPerPixel,
    bits: 8,
    length,
    data: Array.from({ length }, (_, pixel) => drawn.flatMap((pairs) => pairs[pixel] ?? [])).flat(),
  };
}
