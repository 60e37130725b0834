const framesPerBlock = 64 * 1024;

/**
 * Cuts a stream of interleaved 16-bit PCM into blocks of whole frames. The next block takes the place of the one
 * before, so a reader is done with each when it asks for the next.
 */
export async function* blocksOf(output: AsyncIterable<Buffer>, channels: number): AsyncGenerator<Int16Array> {
  const block = new Int16Array(framesPerBlock * channels);
  const bytes = new Uint8Array(block.buffer);
  let filled = 0;
  for await (const piece of output) {
    for (let from = 0; from < piece.length;) {
      const taken = Math.min(piece.length - from, bytes.length - filled);
      bytes.set(piece.subarray(from, from + taken), filled);
      filled += taken;
      from += taken;
      if (filled < bytes.length) continue;
      yield block;
      filled = 0;
    }
  }
  const frames = Math.floor(filled / (2 * channels));
  if (frames > 0) yield block.subarray(0, frames * channels);
}

/** One channel out of a block. */
export function channelOf(block: Int16Array, channels: number, channel: number): Int16Array {
  const samples = new Int16Array(block.length / channels);
  for (let frame = 0, at = channel; frame < samples.length; frame += 1, at += channels) samples[frame] = block[at] ?? 0;
  return samples;
}

/** The mean of all channels of a block. */
export function mixOf(block: Int16Array, channels: number): Int16Array {
  const samples = new Int16Array(block.length / channels);
  for (let frame = 0, at = 0; frame < samples.length; frame += 1) {
    let sum = 0;
    for (const end = at + channels; at < end; at += 1) sum += block[at] ?? 0;
    samples[frame] = sum / channels;
  }
  return samples;
}
