import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeDirectory, scratchDirectory } from '../testing/files.js';
import { withPrivateDirectory } from './private-directory.js';

let parent: string;
beforeAll(async () => {
  parent = join(await scratchDirectory(), 'parent');
});
afterAll(() => removeDirectory(join(parent, '..')));

describe('a private directory', () => {
  it('is empty, for this user alone, and gone afterwards with all that is in it', async () => {
    await withPrivateDirectory(parent, async (directory) => {
      expect(await readdir(directory)).toEqual([]);
      expect((await stat(directory)).mode & 0o777).toBe(0o700);
      await writeFile(join(directory, 'file'), 'x');
    });
    expect(await readdir(parent)).toEqual([]);
  });

  it('is gone when the work fails, too', async () => {
    await expect(withPrivateDirectory(parent, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(parent)).toEqual([]);
  });

  it('of a process that was killed is taken away by the next one; that of a living one is not', async () => {
    const dead = spawnSync('/bin/sh', ['-c', 'echo $$'], { encoding: 'utf8' }).stdout.trim();
    await mkdir(join(parent, `harmony-media-${dead}-abc`));
    await mkdir(join(parent, `harmony-media-${process.ppid}-abc`));
    await withPrivateDirectory(parent, () => Promise.resolve());
    expect(await readdir(parent)).toEqual([`harmony-media-${process.ppid}-abc`]);
  });
});
