import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { kinds } from '../recognise/kinds.js';
import { makeMedia, removeDirectory, scratchDirectory, tone } from '../testing/files.js';
import { findFfmpeg } from './find-ffmpeg.js';
import { openFile } from './input.js';
import { defaultLimits } from './limits.js';
import { runCaged } from './run-caged.js';

const toPcm = ['-map', '0:a', '-f', 's16le', 'pipe:1'];
let directory: string;
let program: string;
/** Names the file beside it. */
let list: string;
/** The same, and begins like an MP3; some versions of ffmpeg take it for a list all the same. */
let polyglot: string;

beforeAll(async () => {
  directory = await scratchDirectory();
  program = (await findFfmpeg()).path;
  await makeMedia(join(directory, 'neighbour.wav'), ...tone(1));
  const words = Buffer.from('ffconcat version 1.0\nfile neighbour.wav\n');
  list = join(directory, 'list.mp3');
  await writeFile(list, words);
  polyglot = join(directory, 'recording.mp3');
  const tag = Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x00', 'latin1');
  await writeFile(polyglot, Buffer.concat([tag, words]));
});
afterAll(() => removeDirectory(directory));

describe('a list that is named like an MP3', () => {
  it('makes ffmpeg read the file beside it when nothing holds it back: the control', async () => {
    const bare = ['-v', 'error', '-nostdin', '-i', list, ...toPcm];
    const { stdout } = await promisify(execFile)(program, bare, { encoding: 'buffer', maxBuffer: 1e7 });
    expect(stdout.length).toBe(88_200);
  });

  it.each([...new Set([...kinds.values()].map(({ demuxer }) => demuxer))])(
    'gives no byte of it when the file is opened as %s',
    async (demuxer) => {
      const run = { program, directory, limits: defaultLimits, signal: new AbortController().signal };
      const secret = (await pcmOfNeighbour()).subarray(0, 1_000);
      for (const file of [list, polyglot]) {
        const given = [...openFile(file, demuxer), ...toPcm];
        const read = await runCaged({ ...run, arguments: given }, buffer).catch(() => Buffer.alloc(0));
        expect(read.includes(secret)).toBe(false);
      }
    },
  );
});

/** From the middle, where there is no silence. */
async function pcmOfNeighbour(): Promise<Buffer> {
  const given = ['-v', 'error', '-i', join(directory, 'neighbour.wav'), ...toPcm];
  const { stdout } = await promisify(execFile)(program, given, { encoding: 'buffer', maxBuffer: 1e7 });
  return stdout.subarray(40_000);
}
