import { afterEach, describe, expect, it, jest } from '@jest/globals';
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
async function storeOn(behave: RequestListener): Promise<S3ObjectStore> {
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const isBucketCheck = request.method === 'HEAD' && request.url?.split('/').filter(Boolean).length === 1;
    if (isBucketCheck) response.end();
    else behave(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return storeAt((server.address() as AddressInfo).port);
}

const storeAt = (port: number): S3ObjectStore =>
  new S3ObjectStore({
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'faults',
    accessKey: 'key',
    secretKey: 'secret-secret',
    idleTimeoutMs: 200,
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
