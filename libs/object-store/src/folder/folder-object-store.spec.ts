import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, rename, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { objectStoreContract } from '../contract-suite/index.js';
import { minimumPartBytes } from '../multipart/index.js';
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

  describe('with uploads in parts', () => {
    const partBytes = minimumPartBytes;
    const plan = { key: 'a/b', ...type, bytes: 2 * partBytes, partBytes };
    const part = (fill: number): Buffer => Buffer.alloc(partBytes, fill);

    it('writes parts straight into the file that becomes the object, and leaves nothing else behind', async () => {
      const folder = await newFolder();
      const store = await FolderObjectStore.open(folder);
      const upload = await store.startUpload(plan);
      await store.putPart(upload, 2, part(2));
      await store.putPart(upload, 1, part(1));
      const { ino } = await stat(join(folder, '.uploads', upload.id, 'draft'));
      await store.completeUpload(upload);
      expect((await stat(join(folder, 'a', 'b~'))).ino).toBe(ino);
      expect(await readdir(join(folder, '.uploads'))).toEqual([]);
    });

    it('uses the place in the draft again after a sender hung up', async () => {
      const folder = await newFolder();
      const store = await FolderObjectStore.open(folder);
      const upload = await store.startUpload(plan);
      const broken = Readable.from(
        (function* () {
          yield part(9).subarray(1);
          throw new TypeError('The sender hung up.');
        })(),
      );
      await expect(store.putPart(upload, 1, broken)).rejects.toThrow('The sender hung up.');
      await store.putPart(upload, 1, part(1));
      const files = await readdir(join(folder, '.uploads', upload.id));
      expect(files.sort()).toEqual(['1.claim', '1.receipt', 'draft']);
    });

    it('never writes where a sender that was killed may have been, and completes all the same', async () => {
      const folder = await newFolder();
      const store = await FolderObjectStore.open(folder);
      const upload = await store.startUpload(plan);
      await writeFile(join(folder, '.uploads', upload.id, '1.claim'), '');
      await store.putPart(upload, 1, part(1));
      await store.putPart(upload, 2, part(2));
      expect(await store.completeUpload(upload)).toMatchObject({ bytes: plan.bytes });
      expect((await buffer(await store.get('a/b'))).equals(Buffer.concat([part(1), part(2)]))).toBe(true);
    });

    it.each(['before', 'after'])('completes again after a crash %s the object was in place', async (when) => {
      const folder = await newFolder();
      const store = await FolderObjectStore.open(folder);
      const upload = await store.startUpload(plan);
      await Promise.all([1, 2].map((number) => store.putPart(upload, number, part(number))));
      const draft = join(folder, '.uploads', upload.id, 'draft');
      const kept = `${join(folder, '.uploads', upload.id)}.kept`;
      await cp(join(folder, '.uploads', upload.id), kept, { recursive: true });
      const info = await store.completeUpload(upload);
      await rename(kept, join(folder, '.uploads', upload.id));
      if (when === 'before') await rename(join(folder, 'a', 'b~'), draft);
      else await rm(draft);
      expect(await store.completeUpload(upload)).toEqual(info);
    });

    it('takes a part again that was found wrong only in the end, and is over when nobody knows which one is', async () => {
      const store = await FolderObjectStore.open(await newFolder());
      const upload = await store.startUpload(plan);
      const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
      const parts = [1, 2].map((number) => ({ number, sha256: sha256(part(number)) }));
      await store.putPart(upload, 1, part(1));
      await store.putPart(upload, 2, part(9));
      const wrong = { code: 'CHECKSUM_MISMATCH', facts: { parts: [2] } };
      await expect(store.completeUpload(upload, { parts })).rejects.toMatchObject(wrong);
      await store.putPart(upload, 2, part(2));
      expect(await store.completeUpload(upload, { parts })).toMatchObject({ bytes: plan.bytes });

      const other = await store.startUpload(plan);
      for (const number of [1, 2]) await store.putPart(other, number, part(number));
      const mismatch = store.completeUpload(other, { sha256: 'ab'.repeat(32) });
      await expect(mismatch).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH', facts: { parts: [] } });
      await expect(store.listParts(other)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    });

    it('misses a part whose receipt a power cut left unfinished, and takes it again', async () => {
      const folder = await newFolder();
      const store = await FolderObjectStore.open(folder);
      const upload = await store.startUpload(plan);
      await Promise.all([1, 2].map((number) => store.putPart(upload, number, part(number))));
      await truncate(join(folder, '.uploads', upload.id, '1.receipt'), 5);
      expect(await store.listParts(upload)).toEqual([{ number: 2, bytes: partBytes }]);
      await store.putPart(upload, 1, part(1));
      await store.completeUpload(upload);
      expect((await buffer(await store.get('a/b'))).equals(Buffer.concat([part(1), part(2)]))).toBe(true);
    });

    it('hashes the right bytes when a part is replaced after it was hashed, by this process or another one', async () => {
      const folder = await newFolder();
      const [store, other] = [await FolderObjectStore.open(folder), await FolderObjectStore.open(folder)];
      for (const replacing of [store, other]) {
        const upload = await store.startUpload(plan);
        await store.putPart(upload, 1, part(9));
        await store.putPart(upload, 2, part(2));
        await replacing.putPart(upload, 1, part(1));
        const sha256 = createHash('sha256')
          .update(Buffer.concat([part(1), part(2)]))
          .digest('hex');
        expect(await store.completeUpload(upload)).toMatchObject({ sha256 });
      }
    });

    it('sweeps those on which nothing happened since the time', async () => {
      const folder = await newFolder();
      const store = await FolderObjectStore.open(folder);
      const [old, young] = await Promise.all([store.startUpload(plan), store.startUpload(plan)]);
      await utimes(join(folder, '.uploads', old.id), new Date(0), new Date(0));
      expect(await store.sweepUploads(new Date(1_000))).toBe(1);
      expect(await readdir(join(folder, '.uploads'))).toEqual([young.id]);
    });

    it('is unavailable while its folder is gone, which is not the same as an upload that is over', async () => {
      const folder = await newFolder();
      const store = await FolderObjectStore.open(folder);
      const upload = await store.startUpload(plan);
      await rm(folder, { recursive: true });
      const unavailable = { code: 'OBJECT_STORE_UNAVAILABLE' };
      await expect(store.putPart(upload, 1, part(1))).rejects.toMatchObject(unavailable);
      await expect(store.listParts(upload)).rejects.toMatchObject(unavailable);
      await expect(store.completeUpload(upload)).rejects.toMatchObject(unavailable);
    });
  });
});
