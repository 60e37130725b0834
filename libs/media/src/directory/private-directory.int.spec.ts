import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
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

  it('of a process that was killed is taken away by the next one; those of living ones and of other machines are not', async () => {
    const dead = spawnSync('/bin/sh', ['-c', 'echo $$'], { encoding: 'utf8' }).stdout.trim();
    const machine = hostname().replaceAll(/[^A-Za-z0-9]/g, '_');
    const [killed, earlier, living, elsewhere] = [
      `harmony-media-${machine}-${dead}-aaaa-x`,
      `harmony-media-${machine}-${process.pid}-aaaa-x`,
      `harmony-media-${machine}-${process.ppid}-aaaa-x`,
      `harmony-media-another_machine-${dead}-aaaa-x`,
    ];
    for (const name of [killed, earlier, living, elsewhere]) await mkdir(join(parent, name));
    await withPrivateDirectory(parent, () => Promise.resolve());
    expect((await readdir(parent)).sort()).toEqual([living, elsewhere].sort());
  });
});
