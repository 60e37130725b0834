import { text } from 'node:stream/consumers';

/** Walks through the packets of the sound without decoding one. */
export const walkThroughPackets: readonly string[] = [
  ...['-map', '0:a:0', '-c', 'copy'],
  ...['-f', 'null', '-progress', 'pipe:1', '-'],
];

const progressTime = /^out_time=(\d+):(\d+):(\d+(?:\.\d+)?)/gm;

/**
 * How long the sound is by the times of its packets, in milliseconds. It costs a small part of decoding, and what is
 * too long is found before any work goes into it. 0 where ffmpeg does not tell.
 */
export async function packetDuration(progress: AsyncIterable<Buffer>): Promise<number> {
  const [, hours = 0, minutes = 0, seconds = 0] = [...(await text(progress)).matchAll(progressTime)].at(-1) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}
