import { afterEach, describe, expect, it } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { AddressGuard } from '../address/address-guard.js';
import { OutboundClient } from '../http/outbound-client.js';
import { localServer, type LocalServer } from '../testing/local-server.js';

const file = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
const cutEvery = 70_000;
let server: LocalServer | undefined;

afterEach(() => server?.close());

interface Behaviour {
  readonly headers?: Readonly<Record<string, string>>;
  /** What to do with the n-th request, from 0, instead of serving. */
  readonly instead?: (request: IncomingMessage, response: ServerResponse, index: number) => boolean;
  readonly ignoresRange?: boolean;
}

/** Serves the file, but never more than 70,000 bytes over one connection; tells the ranges that were asked for. */
async function downloadFrom({ headers = {}, instead, ignoresRange = false }: Behaviour): Promise<[Buffer, string[]]> {
  const ranges: string[] = [];
  server = await localServer((request, response) => {
    ranges.push(request.headers.range ?? 'all');
    if (instead?.(request, response, ranges.length - 1)) return;
    const offset = ignoresRange ? 0 : Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const rest = file.subarray(offset);
    const isPart = offset > 0 && { 'content-range': `bytes ${offset}-${file.length - 1}/${file.length}` };
    response.writeHead(isPart ? 206 : 200, { ...headers, ...isPart, 'content-length': rest.length });
    if (rest.length <= cutEvery) response.end(rest);
    else response.write(rest.subarray(0, cutEvery), () => response.socket?.end());
  });
  const client = new OutboundClient(new AddressGuard({ allowedHosts: ['127.0.0.1'] }), { pauseMs: 1 });
  const { body } = await client.download(`http://127.0.0.1:${server.port}/recording.mp3`);
  return [await buffer(body), ranges];
}

describe('a file whose connection is cut', () => {
  it.each([
    ['etag', '"1"'],
    ['last-modified', 'Tue, 01 Jul 2025 10:00:00 GMT'],
  ])('arrives whole, from where it was cut, by %s', async (name, version) => {
    const [bytes, ranges] = await downloadFrom({ headers: { [name]: version } });
    expect(bytes.equals(file)).toBe(true);
    expect(ranges).toEqual(['all', 'bytes=70000-', 'bytes=140000-', 'bytes=210000-', 'bytes=280000-']);
  });

  it('asks under the condition that it is still the same version', async () => {
    const conditions: unknown[] = [];
    const instead = ({ headers }: IncomingMessage): boolean => !conditions.push(headers['if-range']);
    await downloadFrom({ headers: { etag: '"one"' }, instead });
    expect(conditions.slice(0, 2)).toEqual([undefined, '"one"']);
  });

  it('arrives whole over a server that is busy in between', async () => {
    const instead = (_: IncomingMessage, response: ServerResponse, index: number): boolean =>
      index === 1 && Boolean(response.writeHead(503).end());
    const [bytes, ranges] = await downloadFrom({ headers: { etag: '"1"' }, instead });
    expect(bytes.equals(file)).toBe(true);
    expect(ranges.slice(0, 3)).toEqual(['all', 'bytes=70000-', 'bytes=70000-']);
  });

  it.each([
    ['the server names no version', {}],
    ['its ETag is weak', { headers: { etag: 'W/"1"' } }],
    ['the server sends all again', { headers: { etag: '"1"' }, ignoresRange: true }],
    [
      'it changed meanwhile',
      {
        headers: { etag: '"1"' },
        instead: (_: IncomingMessage, response: ServerResponse, index: number) =>
          index === 1 && Boolean(response.writeHead(200, { etag: '"2"' }).end('other')),
      },
    ],
    [
      'another range is sent',
      {
        headers: { etag: '"1"' },
        instead: (_: IncomingMessage, response: ServerResponse, index: number) =>
          index === 1 && Boolean(response.writeHead(206, { 'content-range': 'bytes 1-9/300000' }).end('123456789')),
      },
    ],
  ] satisfies [string, Behaviour][])(
    'fails for now, and never with a wrong byte, when %s',
    async (_case, behaviour) => {
      await expect(downloadFrom(behaviour)).rejects.toMatchObject({ code: 'URL_UNAVAILABLE' });
    },
  );

  it('fails for good when it may no longer be read', async () => {
    const instead = (_: IncomingMessage, response: ServerResponse, index: number): boolean =>
      index === 1 && Boolean(response.writeHead(403).end());
    const download = downloadFrom({ headers: { etag: '"1"' }, instead });
    await expect(download).rejects.toMatchObject({ code: 'URL_NOT_ACCESSIBLE' });
  });
});
