import { sampleRate, type Sound } from '../port.js';

export const frameMs = 20;
const frameSamples = (sampleRate * frameMs) / 1_000;
/** 20 s: a read that is worth its while and small in memory. */
const framesAtOnce = 1_000;
/** Of digital silence, where the logarithm has no value. */
const quietestDb = -100;

/** How loud a sound is, every 20 ms, in dB below full scale. */
export async function loudnessOf(sound: Sound, signal: AbortSignal): Promise<Float32Array> {
  const frames = new Float32Array(Math.ceil(sound.samples / frameSamples));
  for (let first = 0; first < frames.length; first += framesAtOnce) {
    signal.throwIfAborted();
    const samples = await sound.read(first * frameSamples, framesAtOnce * frameSamples);
    const count = Math.min(framesAtOnce, frames.length - first);
    for (let index = 0; index < count; index += 1) frames[first + index] = decibels(samples, index * frameSamples);
  }
  return frames;
}

function decibels(samples: Int16Array, start: number): number {
  const end = Math.min(start + frameSamples, samples.length);
  let sum = 0;
  for (let index = start; index < end; index += 1) sum += (samples[index] ?? 0) ** 2;
  if (sum === 0) return quietestDb;
  return Math.max(quietestDb, 10 * Math.log10(sum / (end - start) / 32_768 ** 2));
}
