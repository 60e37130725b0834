import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg } from '../ffmpeg/find-ffmpeg.js';

const run = promisify(execFile);

/** A place for the files of one test file. */
export const scratchDirectory = (): Promise<string> => mkdtemp(join(tmpdir(), 'media-test-'));

export const removeDirectory = (directory: string): Promise<void> => rm(directory, { recursive: true, force: true });

/** Makes a media file with ffmpeg itself: what is not there cannot be out of date. */
export async function makeMedia(path: string, ...given: readonly string[]): Promise<string> {
  const { path: ffmpeg } = await findFfmpeg();
  await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...given, path]);
  return path;
}

/** A sine of one second a pitch. */
export const tone = (seconds: number, pitch = 440): string[] => [
  '-f',
  'lavfi',
  '-i',
  `sine=frequency=${pitch}:duration=${seconds}:sample_rate=44100`,
];

/** Two channels; each expression gives the samples of one at time `t`. */
export const stereo = (seconds: number, left: string, right: string): string[] => [
  '-f',
  'lavfi',
  '-i',
  `aevalsrc=${left}|${right}:d=${seconds}:s=16000`,
];

export const silence = (seconds: number): string[] => [
  '-f',
  'lavfi',
  '-t',
  String(seconds),
  '-i',
  'anullsrc=r=8000:cl=mono',
];
