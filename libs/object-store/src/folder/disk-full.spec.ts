import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileError } from './file-errors.js';
import { FolderObjectStore } from './folder-object-store.js';

jest.setTimeout(60_000);

const megabytes = (count: number): Buffer => Buffer.alloc(count << 20, 7);
const type = { contentType: 'application/octet-stream' };
const folder = mkdtempSync(join(tmpdir(), 'harmony-full-'));

/** A disk of 32 MB, where this machine lets us mount one. */
function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const mounted = mountSmallDisk();
afterAll(() => {
  if (mounted) execFileSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true });
});

describe('a full disk', () => {
  const onSmallDisk = mounted ? it : it.skip;
  const reason = mounted ? '' : ' (skipped: mounting a tmpfs of 32 MB is not allowed here)';

  onSmallDisk(`refuses with STORAGE_FULL, harms no object, and works again without a restart${reason}`, async () => {
    const store = await FolderObjectStore.open(folder);
    const kept = await store.put('a/kept', megabytes(20), type);

    await expect(store.put('a/too-much', megabytes(20), type)).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    await expect(store.put('a/kept', megabytes(13), type)).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    await expect(store.info('a/too-much')).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    expect(await store.info('a/kept')).toEqual(kept);
    expect((await buffer(await store.get('a/kept'))).equals(megabytes(20))).toBe(true);

    await store.delete('a/kept');
    await expect(store.put('a/too-much', megabytes(20), type)).resolves.toMatchObject({ bytes: 20 << 20 });
    await store.delete('a/too-much');
  });

  onSmallDisk(`keeps the parts that arrived, and takes the others as soon as there is space${reason}`, async () => {
    const store = await FolderObjectStore.open(folder);
    await store.put('a/in-the-way', megabytes(20), type);
    const plan = { key: 'a/parts', ...type, bytes: 18 << 20, partBytes: 6 << 20 };
    const upload = await store.startUpload(plan);
    await store.putPart(upload, 1, megabytes(6));
    const full = { code: 'STORAGE_FULL' };
    // Each is waited for: what is still being written takes space.
    const both = await Promise.allSettled([2, 3].map((part) => store.putPart(upload, part, megabytes(6))));
    expect(both).toContainEqual({ status: 'rejected', reason: expect.objectContaining(full) });
    await expect(
      store.putPart(upload, 2, megabytes(6)).then(() => store.putPart(upload, 3, megabytes(6))),
    ).rejects.toMatchObject(full);
    expect(await store.listParts(upload)).toContainEqual(expect.objectContaining({ number: 1 }));
    await store.delete('a/in-the-way');
    for (const part of [2, 3]) await store.putPart(upload, part, megabytes(6));
    expect(await store.completeUpload(upload)).toMatchObject({ bytes: 18 << 20 });
    expect((await buffer(await store.get('a/parts'))).equals(megabytes(18))).toBe(true);
    await store.delete('a/parts');
  });

  it.each(['ENOSPC', 'EDQUOT'])('is told by %s, whichever step meets it', (code) => {
    const error = Object.assign(new Error('write'), { code, syscall: 'write' });
    expect(fileError(error)).toMatchObject({ code: 'STORAGE_FULL', status: 507, cause: error });
  });
});
