import { text } from 'node:stream/consumers';
import { openFile } from '../ffmpeg/input.js';
import { runCaged, type CagedRun } from '../ffmpeg/run-caged.js';
import { readFrameList, type Streams } from './frame-list.js';
import type { RecordingKind } from './kinds.js';

/**
 * Only the decoded sound is limited by frames: ffmpeg from version 5 on ends all limited streams at the time of the
 * shortest, and what a decoder gives begins later than what it is given. Older ones go on with the others, up to `-t`.
 */
const firstFrames = [
  ...['-map', '0:a:0?', '-map', '0:a:0?', '-map', '0:V?'],
  ...['-c', 'copy', '-c:a:0', 'pcm_s16le', '-frames:a:0', '1', '-t', '60'],
  ...['-f', 'framecrc', 'pipe:1'],
];

/** Decodes the first frame of a recording to learn what is in it. @throws what {@link runCaged} throws */
export function probe(file: string, kind: RecordingKind, run: Omit<CagedRun, 'arguments'>): Promise<Streams> {
  const given = [...openFile(file, kind.demuxer), ...firstFrames];
  return runCaged({ ...run, arguments: given }, async (output) => readFrameList(await text(output)));
}
