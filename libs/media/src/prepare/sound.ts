import { HarmonyError } from '@harmony/contracts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChannelUse } from './channel-use.js';
import { blocksOf, channelOf, mixOf } from './pcm.js';
import { Peaks, waveformData } from './peaks.js';
import type { PreparedRecording } from './prepared-recording.js';
import { sampleRate, WavFile } from './wav-file.js';

export type Sound = Pick<PreparedRecording, 'durationMs' | 'audio' | 'peaksPath'>;

export interface SoundOptions {
  /** Of the stream that is read. */
  readonly channels: number;
  readonly directory: string;
  readonly durationLimitMs: number;
}

/**
 * Turns 16 kHz PCM into files while it comes: one of each channel, one of both together, and the peaks. More than two
 * channels are one mix.
 * @throws HarmonyError DURATION_LIMIT as soon as there is more, STORAGE_FULL
 */
export async function writeSound(output: AsyncIterable<Buffer>, options: SoundOptions): Promise<Sound> {
  const { channels, directory, durationLimitMs } = options;
  const isPair = channels === 2;
  const names = isPair ? ['channel-0.wav', 'channel-1.wav', 'mix.wav'] : ['channel-0.wav'];
  const files = await Promise.all(names.map((name) => WavFile.create(join(directory, name))));
  const peaks = Array.from({ length: isPair ? 2 : 1 }, () => new Peaks());
  const use = new ChannelUse();
  let samples = 0;
  try {
    for await (const block of blocksOf(output, channels)) {
      const parts = partsOf(block, channels);
      const [first = block, second] = parts;
      if (second) use.add(first, second);
      samples += first.length;
      if (milliseconds(samples) > durationLimitMs) throw new HarmonyError('DURATION_LIMIT');
      peaks.forEach((channel, index) => channel.add(parts[index] ?? first));
      await Promise.all(files.map((file, index) => file.add(parts[index] ?? first)));
    }
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
  const peaksPath = join(directory, 'peaks.json');
  await writeFile(peaksPath, JSON.stringify(waveformData(peaks, sampleRate)));
  const wanted = isPair ? (use.isSpeakerEach ? files.slice(0, 2) : files.slice(2)) : files;
  return {
    durationMs: milliseconds(samples),
    peaksPath,
    audio: wanted.map(({ path }, channel) => ({ channel, path })),
  };
}

function partsOf(block: Int16Array, channels: number): Int16Array[] {
  if (channels === 1) return [block];
  if (channels > 2) return [mixOf(block, channels)];
  return [channelOf(block, 2, 0), channelOf(block, 2, 1), mixOf(block, 2)];
}

const milliseconds = (samples: number): number => Math.round((samples * 1_000) / sampleRate);
