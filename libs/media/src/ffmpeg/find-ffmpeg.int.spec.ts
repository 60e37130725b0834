import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeDirectory, scratchDirectory } from '../testing/files.js';
import { findFfmpeg, type Candidate } from './find-ffmpeg.js';

let directory: string;
let works: string;

beforeAll(async () => {
  directory = await scratchDirectory();
  works = join(directory, 'works');
  await writeFile(works, '#!/bin/sh\necho "ffmpeg version 9.9-test Copyright"\n');
  await chmod(works, 0o755);
});
afterAll(() => removeDirectory(directory));

describe('finding ffmpeg', () => {
  it('finds one that is installed here', async () => {
    await expect(findFfmpeg()).resolves.toMatchObject({ path: expect.stringMatching(/^\//) });
  });

  it('takes the path that was set before any other', async () => {
    await expect(findFfmpeg(works)).resolves.toEqual({ path: works, origin: 'FFMPEG_PATH', version: '9.9-test' });
  });

  it('takes no other when the path that was set does not work', async () => {
    const failure = findFfmpeg(join(directory, 'nothing'), [['system', async () => works]]);
    await expect(failure).rejects.toMatchObject({ code: 'MEDIA_TOOL_MISSING' });
  });

  it('goes on to the next when one is not there, throws, or does not run', async () => {
    const candidates: Candidate[] = [
      ['ffmpeg-static', async () => Promise.reject(new Error('Cannot find module'))],
      ['system', async () => undefined],
      ['system', async () => '/bin/echo'],
      ['@ffmpeg-installer/ffmpeg', async () => works],
    ];
    await expect(findFfmpeg(undefined, candidates)).resolves.toMatchObject({ origin: '@ffmpeg-installer/ffmpeg' });
  });

  it('says what it tried when there is none', async () => {
    const failure = findFfmpeg(undefined, [['system', async () => undefined]]);
    await expect(failure).rejects.toMatchObject({
      code: 'MEDIA_TOOL_MISSING',
      facts: { tried: ['system: not there'] },
    });
  });
});
