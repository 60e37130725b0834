import { describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { objectStoreContract } from '../contract-suite/index.js';
import { FolderObjectStore } from './folder-object-store.js';

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'harmony-objects-'));
const type = { contentType: 'text/plain' };

describe('the folder object store', () => {
  objectStoreContract(async () => {
    const folder = await newFolder();
    const store = await FolderObjectStore.open(folder);
    return { store, close: () => rm(folder, { recursive: true }) };
  });

  it('leaves no draft behind, whether a put worked or failed', async () => {
    const folder = await newFolder();
    const store = await FolderObjectStore.open(folder);
    await store.put('a/b', Buffer.from('x'), type);
    await expect(store.put('a/c', Buffer.from('xy'), { ...type, maximumBytes: 1 })).rejects.toThrow();
    expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  });

  it('removes drafts that a crash left a day ago, and not the young ones of other processes', async () => {
    const folder = await newFolder();
    await mkdir(join(folder, '.incoming'));
    await writeFile(join(folder, '.incoming', 'old'), 'x');
    await utimes(join(folder, '.incoming', 'old'), new Date(0), new Date(0));
    await writeFile(join(folder, '.incoming', 'young'), 'x');
    await FolderObjectStore.open(folder);
    expect(await readdir(join(folder, '.incoming'))).toEqual(['young']);
  });

  it('says so when a stored file was cut by somebody else', async () => {
    const folder = await newFolder();
    const store = await FolderObjectStore.open(folder);
    await store.put('a/b', Buffer.alloc(5_000), type);
    await truncate(join(folder, 'a', 'b~'), 2_000);
    await expect(store.get('a/b')).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
    await expect(store.info('a/b')).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
  });

  it('is unavailable while its folder is gone, and works again when it is back', async () => {
    const folder = await newFolder();
    const store = await FolderObjectStore.open(folder);
    await rm(folder, { recursive: true });
    await expect(store.check()).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
    const put = store.put('a/b', Readable.from([Buffer.from('x')]), type);
    await expect(put).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
    await mkdir(join(folder, '.incoming'), { recursive: true });
    await expect(store.put('a/b', Buffer.from('x'), type)).resolves.toMatchObject({ bytes: 1 });
  });
});
