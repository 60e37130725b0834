import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ObjectStore } from '../port.js';
import { multipartContract } from './multipart-contract.js';

export interface ObjectStoreUnderTest {
  readonly store: ObjectStore;
  close(): Promise<void>;
}

const type = { contentType: 'text/plain; charset=utf-8' };
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytesOf = async (store: ObjectStore, key: string, start?: number, end?: number): Promise<Buffer> =>
  buffer(await store.get(key, start === undefined || end === undefined ? undefined : { start, end }));

async function listed(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.list(prefix)) keys.push(key);
  return keys.sort();
}

/** Pseudo-random bytes in pieces, never all in memory. */
function streamOf(pieces: number, pieceBytes: number): Readable {
  const piece = Buffer.alloc(pieceBytes);
  const make = function* (): Generator<Buffer> {
    for (let index = 0; index < pieces; index += 1) {
      piece.fill(index % 251);
      yield Buffer.from(piece);
    }
  };
  return Readable.from(make(), { objectMode: false });
}

const keyPart = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,11}$/);
const key = fc.array(keyPart, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));

/** What every object store promises; `open` gives an empty one. */
export function objectStoreContract(open: () => Promise<ObjectStoreUnderTest>): void {
  jest.setTimeout(180_000);
  let underTest: ObjectStoreUnderTest;
  let store: ObjectStore;
  const root = randomUUID();
  beforeAll(async () => {
    underTest = await open();
    store = underTest.store;
  });
  afterAll(() => underTest?.close());

  describe('storing and reading', () => {
    it('gives back the bytes, their number, digest and content type, for any key and body', async () => {
      const body = fc.uint8Array({ maxLength: 2_000 });
      await fc.assert(
        fc.asyncProperty(key, body, fc.boolean(), async (name, bytes, streamed) => {
          const path = `${root}/any/${name}`;
          const info = await store.put(path, streamed ? Readable.from([Buffer.from(bytes)]) : bytes, type);
          expect(info).toEqual({ key: path, bytes: bytes.length, sha256: sha256(bytes), ...type });
          expect(await store.info(path)).toEqual(info);
          expect(Buffer.compare(await bytesOf(store, path), bytes)).toBe(0);
        }),
        { numRuns: 25 },
      );
    });

    it('reads any range as a slice of the object', async () => {
      const bytes = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256));
      const path = `${root}/ranges/object`;
      await store.put(path, bytes, type);
      const place = fc.integer({ min: 0, max: 400 });
      await fc.assert(
        fc.asyncProperty(place, place, async (start, end) => {
          const expected = bytes.subarray(start, Math.max(start, end + 1));
          expect(Buffer.compare(await bytesOf(store, path, start, end), expected)).toBe(0);
        }),
        { numRuns: 30 },
      );
    });

    it('stores a large stream whose size and digest are not known beforehand', async () => {
      const path = `${root}/large/unknown`;
      const info = await store.put(path, streamOf(20, 1 << 20), type);
      const hash = createHash('sha256');
      for await (const chunk of streamOf(20, 1 << 20)) hash.update(chunk as Buffer);
      expect(info).toEqual({ key: path, bytes: 20 << 20, sha256: hash.digest('hex'), ...type });
      expect(await store.info(path)).toEqual(info);
      expect(sha256(await bytesOf(store, path))).toBe(info.sha256);
    });

    it('stores a large stream whose digest is promised', async () => {
      const expected = sha256(await buffer(streamOf(20, 1 << 20)));
      const path = `${root}/large/known`;
      await store.put(path, streamOf(20, 1 << 20), { ...type, expectedSha256: expected });
      expect((await store.info(path)).sha256).toBe(expected);
    });

    it('replaces an object as a whole, and a reader that had begun keeps the old one', async () => {
      const path = `${root}/replaced`;
      await store.put(path, Buffer.from('old'), type);
      const early = await store.get(path);
      await store.put(path, Buffer.from('new and longer'), { contentType: 'application/json' });
      expect((await buffer(early)).toString()).toBe('old');
      expect((await bytesOf(store, path)).toString()).toBe('new and longer');
      expect(await store.info(path)).toMatchObject({ bytes: 14, contentType: 'application/json' });
    });

    it('leaves one whole object when many put the same key at once', async () => {
      const path = `${root}/raced`;
      const bodies = Array.from({ length: 8 }, (_, index) => Buffer.alloc(5_000 + index, index));
      await Promise.all(bodies.map((body) => store.put(path, Readable.from([body]), type)));
      const winner = await bytesOf(store, path);
      expect(bodies.some((body) => body.equals(winner))).toBe(true);
      expect((await store.info(path)).sha256).toBe(sha256(winner));
    });

    it('keeps an object beside others whose keys continue its own', async () => {
      await store.put(`${root}/nested/a`, Buffer.from('1'), type);
      await store.put(`${root}/nested/a/b`, Buffer.from('2'), type);
      expect((await bytesOf(store, `${root}/nested/a`)).toString()).toBe('1');
      expect((await bytesOf(store, `${root}/nested/a/b`)).toString()).toBe('2');
    });
  });

  describe('refusals store nothing', () => {
    const refused = async (path: string, put: Promise<unknown>, code: string): Promise<void> => {
      await expect(put).rejects.toMatchObject({ code });
      await expect(store.info(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    };

    it.each([
      ['small', 1, 1_000],
      ['large', 12, 1 << 20],
    ])('of a %s body that is not what its checksum promised', async (size, pieces, bytes) => {
      const path = `${root}/refused/checksum-${size}`;
      const put = store.put(path, streamOf(pieces, bytes), { ...type, expectedSha256: 'ab'.repeat(32) });
      await refused(path, put, 'CHECKSUM_MISMATCH');
    });

    it.each([
      ['small', 1, 1_000],
      ['large', 12, 1 << 20],
    ])('of a %s body that is one byte over the limit, and takes one at the limit', async (size, pieces, bytes) => {
      const path = `${root}/refused/limit-${size}`;
      const total = pieces * bytes;
      const over = store.put(path, streamOf(pieces, bytes), { ...type, maximumBytes: total - 1 });
      await refused(path, over, 'PAYLOAD_TOO_LARGE');
      expect(await store.put(path, streamOf(pieces, bytes), { ...type, maximumBytes: total })).toMatchObject({
        bytes: total,
      });
    });

    it.each([
      ['small', 1, 1_000],
      ['large', 12, 1 << 20],
    ])('of a %s body that breaks off, whose own error comes through', async (size, pieces, bytes) => {
      const path = `${root}/refused/broken-${size}`;
      const broken = async function* (): AsyncGenerator<Buffer> {
        for await (const chunk of streamOf(pieces, bytes)) yield chunk as Buffer;
        throw new TypeError('The caller hung up.');
      };
      await expect(store.put(path, Readable.from(broken()), type)).rejects.toThrow('The caller hung up.');
      await expect(store.info(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    });

    it('and a refused replacement leaves the old object as it was', async () => {
      const path = `${root}/refused/kept`;
      await store.put(path, Buffer.from('kept'), type);
      const put = store.put(path, Buffer.from('wrong'), { ...type, expectedSha256: '0'.repeat(64) });
      await expect(put).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
      expect((await bytesOf(store, path)).toString()).toBe('kept');
    });
  });

  describe('keys', () => {
    it.each([
      '',
      '/',
      '../x',
      'a/../b',
      'a//b',
      '/a',
      'a/',
      'a/.',
      'a/..',
      '.hidden/a',
      'a\\b',
      'a\0b',
      'ä',
      'a b',
      'x~',
    ])('refuses %j everywhere', async (bad) => {
      const refusal = { code: 'INVALID_INPUT' };
      await expect(store.put(bad, Buffer.from('x'), type)).rejects.toMatchObject(refusal);
      await expect(store.get(bad)).rejects.toMatchObject(refusal);
      await expect(store.info(bad)).rejects.toMatchObject(refusal);
      await expect(store.delete(bad)).rejects.toMatchObject(refusal);
    });

    it('refuses one that is too long', async () => {
      const tooLong = Array.from({ length: 101 }, () => 'segment-9').join('/');
      await expect(store.put(tooLong, Buffer.from('x'), type)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });
  });

  describe('listing and deleting', () => {
    it('lists what starts with a prefix, whether it ends in a whole segment or not', async () => {
      const names = ['list/one', 'list/two', 'list/deep/three', 'listen/four'].map((name) => `${root}/${name}`);
      await Promise.all(names.map((name) => store.put(name, Buffer.from(name), type)));
      expect(await listed(store, `${root}/list/`)).toEqual(names.slice(0, 3).sort());
      expect(await listed(store, `${root}/list`)).toEqual([...names].sort());
      expect(await listed(store, `${root}/list/t`)).toEqual([`${root}/list/two`]);
      expect(await listed(store, `${root}/absent/`)).toEqual([]);
    });

    it('deletes, and deleting again is harmless', async () => {
      const path = `${root}/deleted`;
      await store.put(path, Buffer.from('x'), type);
      await store.delete(path);
      await store.delete(path);
      await expect(store.get(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
      await expect(store.info(path)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
      expect(await listed(store, path)).toEqual([]);
    });
  });

  multipartContract(() => store);

  it('answers its health probe', async () => {
    await expect(store.check()).resolves.toBeUndefined();
  });
}
