import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { minimumPartBytes, type Upload } from '../multipart/index.js';
import type { ObjectStore } from '../port.js';

const contentType = 'application/octet-stream';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** Three parts: two full ones and a rest. */
const bytes = 2 * minimumPartBytes + 1_234;

/** A body of the plan's size in which every part is filled with numbers of its own. */
function bodyOf(seed: number): Buffer {
  const body = Buffer.alloc(bytes);
  for (const number of [1, 2, 3]) sliceOf(body, number).fill(Buffer.from(`${seed}-${number}|`));
  return body;
}

const sliceOf = (body: Buffer, number: number): Buffer =>
  body.subarray((number - 1) * minimumPartBytes, number * minimumPartBytes);

async function* inPieces(body: Buffer, pieceBytes = 300_000): AsyncGenerator<Buffer> {
  for (let start = 0; start < body.length; start += pieceBytes) yield body.subarray(start, start + pieceBytes);
}

/** What every store promises of uploads in parts. */
export function multipartContract(storeOf: () => ObjectStore): void {
  const start = (): Promise<Upload> =>
    storeOf().startUpload({ key: `multipart/${randomUUID()}`, contentType, bytes, partBytes: minimumPartBytes });
  const putAll = async (upload: Upload, body: Buffer): Promise<void> => {
    for (const number of [1, 2, 3]) await storeOf().putPart(upload, number, sliceOf(body, number));
  };
  const expectNoObject = (upload: Upload): Promise<void> =>
    expect(storeOf().info(upload.key)).rejects.toMatchObject({ code: 'OBJECT_NOT_FOUND' });
  const bytesOf = async ({ key }: Upload): Promise<Buffer> => buffer(await storeOf().get(key));

  describe('uploads in parts', () => {
    it('make the same object whatever the order, side by side or not, and however often a part comes', async () => {
      const order = fc.array(fc.constantFrom(1, 2, 3), { maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(order, fc.boolean(), fc.boolean(), async (first, together, streamed) => {
          const upload = await start();
          const [old, body] = [bodyOf(1), bodyOf(2)];
          const put = (of: Buffer, number: number): Promise<unknown> => {
            const part = sliceOf(of, number);
            return storeOf().putPart(upload, number, streamed ? inPieces(part) : part);
          };
          for (const number of first) await put(old, number);
          if (together) await Promise.all([3, 1, 2].map((number) => put(body, number)));
          else for (const number of [3, 1, 2]) await put(body, number);
          const info = await storeOf().completeUpload(upload);
          expect(info).toEqual({ key: upload.key, bytes, sha256: sha256(body), contentType });
          expect(await storeOf().info(upload.key)).toEqual(info);
          expect((await bytesOf(upload)).equals(body)).toBe(true);
          await storeOf().delete(upload.key);
        }),
        { numRuns: 8 },
      );
    });

    it('show nothing of the object before it is complete, and list what has arrived', async () => {
      const upload = await start();
      const body = bodyOf(1);
      expect(await storeOf().listParts(upload)).toEqual([]);
      await storeOf().putPart(upload, 3, sliceOf(body, 3));
      await storeOf().putPart(upload, 1, sliceOf(body, 1), { expectedSha256: sha256(sliceOf(body, 1)).toUpperCase() });
      const parts = await storeOf().listParts(upload);
      expect(parts.map(({ number, bytes: size }) => [number, size])).toEqual([
        [1, minimumPartBytes],
        [3, 1_234],
      ]);
      for (const { number, sha256: digest } of parts) {
        if (digest !== undefined) expect(digest).toBe(sha256(sliceOf(body, number)));
      }
      await expectNoObject(upload);
      await expect(storeOf().list(upload.key)[Symbol.asyncIterator]().next()).resolves.toMatchObject({ done: true });
      await storeOf().abortUpload(upload);
    });

    it('go on from the plain value of the upload, as another process would', async () => {
      const upload = JSON.parse(JSON.stringify(await start())) as Upload;
      await putAll(upload, bodyOf(4));
      expect(await storeOf().completeUpload(upload, { sha256: sha256(bodyOf(4)) })).toMatchObject({ bytes });
    });

    it('of one part name what is missing, and go on', async () => {
      const upload = await start();
      const body = bodyOf(1);
      await storeOf().putPart(upload, 2, sliceOf(body, 2));
      await expect(storeOf().completeUpload(upload)).rejects.toMatchObject({
        code: 'UPLOAD_INCOMPLETE',
        facts: { missing: [1, 3], wrongSize: [] },
      });
      await expectNoObject(upload);
      await putAll(upload, body);
      await expect(storeOf().completeUpload(upload)).resolves.toMatchObject({ sha256: sha256(body) });
    });

    it('keep the part that was there when another one for it is refused or breaks off', async () => {
      const upload = await start();
      const [body, other] = [bodyOf(1), bodyOf(2)];
      await putAll(upload, body);
      const broken = async function* (): AsyncGenerator<Buffer> {
        yield sliceOf(other, 1).subarray(0, 1_000_000);
        throw new TypeError('The sender hung up.');
      };
      const put = (part: AsyncIterable<Buffer> | Buffer, expectedSha256?: string): Promise<unknown> =>
        storeOf().putPart(upload, 1, part, expectedSha256 === undefined ? {} : { expectedSha256 });
      await expect(put(broken())).rejects.toThrow('The sender hung up.');
      await expect(put(sliceOf(other, 1), 'ab'.repeat(32))).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
      await expect(put(inPieces(sliceOf(other, 1)), 'ab'.repeat(32))).rejects.toMatchObject({
        code: 'CHECKSUM_MISMATCH',
      });
      await expect(put(sliceOf(other, 1).subarray(1))).rejects.toMatchObject({ code: 'WRONG_PART_SIZE' });
      await expect(put(Buffer.concat([sliceOf(other, 1), Buffer.from('x')]))).rejects.toMatchObject({
        code: 'WRONG_PART_SIZE',
      });
      await expect(put(Buffer.alloc(0))).rejects.toMatchObject({ code: 'WRONG_PART_SIZE' });
      expect(await storeOf().completeUpload(upload)).toMatchObject({ sha256: sha256(body) });
    });

    it('count a part that was refused as missing when none was there', async () => {
      const upload = await start();
      const part = inPieces(sliceOf(bodyOf(1), 1));
      const put = storeOf().putPart(upload, 1, part, { expectedSha256: 'ab'.repeat(32) });
      await expect(put).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
      expect(await storeOf().listParts(upload)).toEqual([]);
      await storeOf().abortUpload(upload);
    });

    it('hold one whole part when two senders send the same one at once, never a mix', async () => {
      const upload = await start();
      const bodies = [1, 2, 3, 4].map(bodyOf);
      await putAll(upload, bodyOf(0));
      await Promise.all(bodies.map((body) => storeOf().putPart(upload, 2, inPieces(sliceOf(body, 2), 70_000))));
      await storeOf().completeUpload(upload);
      const winner = sliceOf(await bytesOf(upload), 2);
      expect(bodies.some((body) => sliceOf(body, 2).equals(winner))).toBe(true);
    });

    it('leave no object when the whole is not what its checksum promised', async () => {
      const upload = await start();
      await putAll(upload, bodyOf(1));
      const complete = storeOf().completeUpload(upload, { sha256: sha256(bodyOf(2)) });
      await expect(complete).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH' });
      await expectNoObject(upload);
      await expect(storeOf().completeUpload(upload)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    });

    it('leave no object when a part is not what its checksum promised, and name the part', async () => {
      const upload = await start();
      const body = bodyOf(1);
      await putAll(upload, body);
      const parts = [1, 2, 3].map((number) => ({
        number,
        sha256: sha256(sliceOf(bodyOf(number === 2 ? 9 : 1), number)),
      }));
      const complete = storeOf().completeUpload(upload, { sha256: sha256(body), parts });
      await expect(complete).rejects.toMatchObject({ code: 'CHECKSUM_MISMATCH', facts: { parts: [2] } });
      await expectNoObject(upload);
      await storeOf().abortUpload(upload);
    });

    it('take right checksums of the parts, and complete again with the same answer', async () => {
      const upload = await start();
      const body = bodyOf(1);
      await putAll(upload, body);
      const parts = [1, 2, 3].map((number) => ({ number, sha256: sha256(sliceOf(body, number)) }));
      const expected = { sha256: sha256(body), parts };
      const info = await storeOf().completeUpload(upload, expected);
      expect(await storeOf().completeUpload(upload, expected)).toEqual(info);
      await expect(storeOf().completeUpload(upload, { sha256: 'ab'.repeat(32) })).rejects.toMatchObject({
        code: 'UPLOAD_NOT_FOUND',
      });
      await expect(storeOf().putPart(upload, 1, sliceOf(body, 1))).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
      await storeOf().abortUpload(upload);
      expect(await storeOf().info(upload.key)).toEqual(info);
    });

    it('replace an object as a whole', async () => {
      const upload = await start();
      await storeOf().put(upload.key, Buffer.from('old'), { contentType: 'text/plain' });
      await putAll(upload, bodyOf(3));
      expect((await bytesOf(upload)).toString()).toBe('old');
      await storeOf().completeUpload(upload);
      expect((await bytesOf(upload)).equals(bodyOf(3))).toBe(true);
    });

    it('are over once aborted, and aborting again is harmless', async () => {
      const upload = await start();
      await storeOf().putPart(upload, 1, sliceOf(bodyOf(1), 1));
      await storeOf().abortUpload(upload);
      await storeOf().abortUpload(upload);
      const over = { code: 'UPLOAD_NOT_FOUND' };
      await expect(storeOf().listParts(upload)).rejects.toMatchObject(over);
      await expect(storeOf().putPart(upload, 1, sliceOf(bodyOf(1), 1))).rejects.toMatchObject(over);
      await expect(storeOf().completeUpload(upload)).rejects.toMatchObject(over);
      await expectNoObject(upload);
    });

    it('of one small part need not have the least size', async () => {
      const plan = { key: `multipart/${randomUUID()}`, contentType, bytes: 3, partBytes: minimumPartBytes };
      const upload = await storeOf().startUpload(plan);
      await storeOf().putPart(upload, 1, Readable.from([Buffer.from('abc')]));
      expect(await storeOf().completeUpload(upload)).toMatchObject({ bytes: 3, sha256: sha256(Buffer.from('abc')) });
    });

    it.each([
      ['nothing to send', { bytes: 0, partBytes: minimumPartBytes }],
      ['parts that are too small', { bytes: minimumPartBytes, partBytes: minimumPartBytes - 1 }],
      ['too many parts', { bytes: 10_000 * minimumPartBytes + 1, partBytes: minimumPartBytes }],
      ['half a byte', { bytes: 1.5, partBytes: minimumPartBytes }],
      ['a key that leaves its folder', { bytes: 1, partBytes: 1, key: '../x' }],
    ])('refuse a plan with %s', async (_, plan) => {
      const start = storeOf().startUpload({ key: 'multipart/refused', contentType, ...plan });
      await expect(start).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    });

    it.each([0, 4, 1.5, -1])('refuse the part number %d of three', async (number) => {
      const upload = await start();
      const refusal = { code: 'INVALID_INPUT' };
      await expect(storeOf().putPart(upload, number, Buffer.from('x'))).rejects.toMatchObject(refusal);
      await expect((async () => storeOf().partUrl(upload, number, 60))()).rejects.toMatchObject(refusal);
      await storeOf().abortUpload(upload);
    });

    it.each(['', '..', 'x/../../y', randomUUID(), `${randomUUID()}.${randomUUID()}`])(
      'know no upload of the id %j',
      async (id) => {
        const upload = { ...(await start()), id };
        const unknown = { code: 'UPLOAD_NOT_FOUND' };
        await expect(storeOf().listParts(upload)).rejects.toMatchObject(unknown);
        await expect(storeOf().putPart(upload, 3, Buffer.alloc(1_234))).rejects.toMatchObject(unknown);
        await expect(storeOf().completeUpload(upload)).rejects.toMatchObject(unknown);
      },
    );

    it('that are young are not swept', async () => {
      const upload = await start();
      await storeOf().putPart(upload, 3, Buffer.alloc(1_234));
      expect(await storeOf().sweepUploads(new Date(Date.now() - 600_000))).toBe(0);
      expect(await storeOf().listParts(upload)).toHaveLength(1);
    });

    it('take a part at its own address, where the store gives one', async () => {
      const upload = await start();
      const body = bodyOf(6);
      await storeOf().putPart(upload, 2, sliceOf(bodyOf(5), 2));
      for (const number of [1, 2, 3]) {
        const url = await storeOf().partUrl(upload, number, 60);
        if (url === undefined) await storeOf().putPart(upload, number, sliceOf(body, number));
        else expect(await fetch(url, { method: 'PUT', body: sliceOf(body, number) })).toMatchObject({ status: 200 });
      }
      expect(await storeOf().completeUpload(upload)).toMatchObject({ sha256: sha256(body) });
    });
  });
}
