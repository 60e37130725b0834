import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { S3ObjectStore } from './s3-object-store.js';

jest.setTimeout(60_000);

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A store whose server lets the bucket be found and treats everything else as the test says. */
async function storeOn(behave: RequestListener, idleTimeoutMs = 200): Promise<S3ObjectStore> {
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const isBucketCheck = request.method === 'HEAD' && request.url?.split('/').filter(Boolean).length === 1;
    if (isBucketCheck) response.end();
    else behave(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return storeAt((server.address() as AddressInfo).port, idleTimeoutMs);
}

const storeAt = (port: number, idleTimeoutMs = 200): S3ObjectStore =>
  new S3ObjectStore({
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'faults',
    accessKey: 'key',
    secretKey: 'secret-secret',
    idleTimeoutMs,
  });

const replyWith =
  (status: number, code: string): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': 'application/xml' });
    response.end(`<Error><Code>${code}</Code><Message>no</Message></Error>`);
  };

const put = (store: S3ObjectStore): Promise<unknown> =>
  store.put('a/b', Buffer.from('words'), { contentType: 'text/plain' });

const upload = { id: `${randomUUID()}.s3-id`, key: 'a/b', contentType: 'text/plain', bytes: 5, partBytes: 5 };

describe('an S3 store in trouble with uploads in parts', () => {
  it.each([
    [507, 'XMinioStorageFull', 'STORAGE_FULL'],
    [503, 'SlowDown', 'OBJECT_STORE_UNAVAILABLE'],
    [404, 'NoSuchUpload', 'UPLOAD_NOT_FOUND'],
  ])('answers every step that meets %s %s with %s', async (status, code, expected) => {
    const store = await storeOn(replyWith(status, code), 30_000);
    const refusal = { code: expected };
    await expect(store.startUpload(upload)).rejects.toMatchObject(refusal);
    await expect(store.putPart(upload, 1, Buffer.from('words'))).rejects.toMatchObject(refusal);
    await expect(store.listParts(upload)).rejects.toMatchObject(refusal);
  });

  it('is addressed by its public endpoint by those who send parts', async () => {
    const endpoint = 'http://127.0.0.1:1';
    const keys = { bucket: 'faults', accessKey: 'key', secretKey: 'secret-secret' };
    const store = new S3ObjectStore({ endpoint, publicEndpoint: 'https://files.example.com', ...keys });
    const url = new URL((await store.partUrl(upload, 1, 60)) ?? '');
    expect([url.origin, url.pathname]).toEqual([
      'https://files.example.com',
      expect.stringMatching(/^\/faults\/\.incoming\//),
    ]);
    const { partNumber, uploadId, 'X-Amz-Expires': seconds } = Object.fromEntries(url.searchParams);
    expect({ partNumber, uploadId, seconds }).toEqual({ partNumber: '1', uploadId: 's3-id', seconds: '60' });
  });

  it('is asked first, and gets no byte of a part that it refuses', async () => {
    let received = 0;
    const store = await storeOn((_, response) => response.writeHead(507).end());
    server?.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      request.on('data', (chunk: Buffer) => (received += chunk.length));
      replyWith(507, 'XMinioStorageFull')(request, response);
    });
    await expect(store.putPart(upload, 1, Buffer.from('words'))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
    expect(received).toBe(0);
  });

  it('gives up on a server that takes a part and never answers, or cuts the connection', async () => {
    const silent = await storeOn((request) => request.resume());
    const unavailable = { code: 'OBJECT_STORE_UNAVAILABLE' };
    await expect(silent.putPart(upload, 1, Buffer.from('words'))).rejects.toMatchObject(unavailable);
    server?.close();
    const cutting = await storeOn((request) => request.destroy());
    await expect(cutting.putPart(upload, 1, Buffer.from('words'))).rejects.toMatchObject(unavailable);
  });

  it('aborts what was started before the time and nothing younger, as far as it lists uploads', async () => {
    const aborted: string[] = [];
    const item = (id: string, initiated: string): string =>
      `<Upload><Key>.incoming/x</Key><UploadId>${id}</UploadId><Initiated>${initiated}</Initiated></Upload>`;
    const items = item('old', '2026-01-01T00:00:00.000Z') + item('young', '2026-01-03T00:00:00.000Z');
    const store = await storeOn((request, response) => {
      const { searchParams } = new URL(request.url ?? '', 'http://store');
      if (request.method === 'DELETE') {
        aborted.push(searchParams.get('uploadId') ?? '');
        return response.writeHead(204).end();
      }
      const isList = searchParams.has('uploads');
      const parts = '<ListPartsResult><IsTruncated>false</IsTruncated></ListPartsResult>';
      const list = `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${items}</ListMultipartUploadsResult>`;
      return response.writeHead(200, { 'content-type': 'application/xml' }).end(isList ? list : parts);
    });
    expect(await store.sweepUploads(new Date('2026-01-02T00:00:00.000Z'))).toBe(1);
    expect(aborted).toEqual(['old']);
  });
});

describe('an S3 store in trouble', () => {
  it.each([
    [507, 'XMinioStorageFull', 'STORAGE_FULL'],
    [400, 'XMinioAdminBucketQuotaExceeded', 'STORAGE_FULL'],
    [503, 'SlowDown', 'OBJECT_STORE_UNAVAILABLE'],
    [500, 'InternalError', 'OBJECT_STORE_UNAVAILABLE'],
    [403, 'AccessDenied', 'OBJECT_STORE_UNAVAILABLE'],
    [404, 'NoSuchBucket', 'OBJECT_STORE_UNAVAILABLE'],
  ])('answers a put with %s %s as %s', async (status, code, expected) => {
    await expect(put(await storeOn(replyWith(status, code)))).rejects.toMatchObject({ code: expected });
  });

  it('is unavailable when nobody listens, and is used again as soon as somebody does', async () => {
    const store = await storeOn(replyWith(404, 'NoSuchKey'));
    const port = (server?.address() as AddressInfo).port;
    await new Promise((resolve) => server?.close(resolve));
    await expect(store.check()).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
    server = createServer((_, response) => response.end());
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    await expect(store.check()).resolves.toBeUndefined();
  });

  it('gives up on a server that takes the request and never answers', async () => {
    const store = await storeOn((request) => request.resume());
    await expect(put(store)).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
  });

  it('does not take a body that was cut off for a whole object', async () => {
    const store = await storeOn((_, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('only the beginning', () => response.destroy());
    });
    await expect(store.get('a/b').then(buffer)).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
  });

  it('does not wait for ever for the rest of a body', async () => {
    const store = await storeOn((_, response) => {
      response.writeHead(200, { 'content-length': 1_000 });
      response.write('only the beginning');
    });
    await expect(store.get('a/b').then(buffer)).rejects.toMatchObject({ code: 'OBJECT_STORE_UNAVAILABLE' });
  });
});
