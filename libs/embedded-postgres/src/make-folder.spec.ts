import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.js';

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'harmony-folder-'));
});
afterAll(() => rm(base, { recursive: true }));

describe('making a folder', () => {
  it('makes those above it too, and is content with one that is there', async () => {
    const path = join(base, 'a', 'b', 'c');
    await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(base, 'a', 'd'))]);
    await makeFolder(path);
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  it('refuses where a file is in the way', async () => {
    await writeFile(join(base, 'file'), '');
    await expect(makeFolder(join(base, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(makeFolder(join(base, 'file', 'below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });

  const onProc = process.platform === 'linux' ? it : it.skip;
  onProc('answers where the file system has no room for folders (Linux only)', async () => {
    await expect(makeFolder('/proc/harmony/data')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
