import { afterEach, describe, expect, it } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { AddressGuard, type AddressGuardOptions } from '../address/address-guard.js';
import { localServer, type LocalServer } from '../testing/local-server.js';
import type { OutboundLimits } from './limits.js';
import { OutboundClient } from './outbound-client.js';

const servers: LocalServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(listener: RequestListener, address?: string, port?: number): Promise<LocalServer> {
  const server = await localServer(listener, address, port);
  servers.push(server);
  return server;
}

/** Lets the server through as a test host. */
const clientOf = ({ port }: LocalServer, limits: Partial<OutboundLimits> = {}): OutboundClient =>
  new OutboundClient(new AddressGuard({ allowedHosts: [`127.0.0.1:${port}`] }), limits);

const urlOf = ({ port }: LocalServer, path = '/file'): string => `http://127.0.0.1:${port}${path}`;

async function fetchFrom(listener: RequestListener, limits: Partial<OutboundLimits> = {}): Promise<Buffer> {
  const server = await serve(listener);
  return buffer((await clientOf(server, limits).download(urlOf(server))).body);
}

/** 127.0.0.2 is public here and 127.0.0.1 is not, so that both can be listened on. */
const publicIsTwo = (port: number, ...answers: readonly (readonly string[])[]): AddressGuardOptions => {
  let asked = 0;
  const resolve = (): Promise<readonly string[]> => Promise.resolve(answers[asked++] ?? ['127.0.0.1']);
  return { ports: [port], isPublic: (address) => address === '127.0.0.2', resolve };
};

describe('connections that are never opened', () => {
  const secret: RequestListener = (_request, response) => response.end('secret');
  const refused = { code: 'URL_NOT_ALLOWED' };

  it.each(['127.0.0.1', '127.1', '2130706433', '0177.0.0.1', '[::ffff:127.0.0.1]', 'localhost', 'localhost.'])(
    'opens none to %s',
    async (host) => {
      const server = await serve(secret);
      const client = new OutboundClient(new AddressGuard({ ports: [server.port] }));
      await expect(client.download(`http://${host}:${server.port}/`)).rejects.toMatchObject(refused);
      expect(server.connections()).toBe(0);
    },
  );

  it('connects to the address that was checked, whatever the name server says next', async () => {
    const inside = await serve(secret);
    const outside = await serve((request, response) => response.end(request.headers.host), '127.0.0.2', inside.port);
    const guard = new AddressGuard(publicIsTwo(inside.port, ['127.0.0.2'], ['127.0.0.1']));
    const { body } = await new OutboundClient(guard).download(`http://rebinding.test:${inside.port}/`);
    expect((await buffer(body)).toString()).toBe(`rebinding.test:${inside.port}`);
    expect([outside.connections(), inside.connections()]).toEqual([1, 0]);
  });

  it('checks again after a redirect to the very same host', async () => {
    const inside = await serve(secret);
    const redirect: RequestListener = (_request, response) => response.writeHead(302, { location: '/again' }).end();
    await serve(redirect, '127.0.0.2', inside.port);
    const guard = new AddressGuard(publicIsTwo(inside.port, ['127.0.0.2'], ['127.0.0.1']));
    const download = new OutboundClient(guard).download(`http://rebinding.test:${inside.port}/`);
    await expect(download).rejects.toMatchObject(refused);
    expect(inside.connections()).toBe(0);
  });

  it.each([
    (port: number) => `http://127.0.0.1:${port}/`,
    (port: number) => `//localhost:${port}/`,
    (port: number) => `http://[::ffff:7f00:1]:${port}/`,
    () => 'http://169.254.169.254/latest/meta-data/',
    () => 'http://user:secret@127.0.0.1/',
    () => 'file:///etc/passwd',
    () => 'ftp://127.0.0.1/',
  ])('follows no redirect to an address that is not public', async (locationOf) => {
    const inside = await serve(secret);
    const location = locationOf(inside.port);
    const outside = await serve((_request, response) => response.writeHead(301, { location }).end());
    const guard = new AddressGuard({ ports: [inside.port], allowedHosts: [`127.0.0.1:${outside.port}`] });
    await expect(new OutboundClient(guard).download(urlOf(outside))).rejects.toMatchObject(refused);
    expect([outside.connections(), inside.connections()]).toEqual([1, 0]);
  });

  it('opens none to a proxy of the environment', async () => {
    const proxy = await serve(secret);
    const names = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'NODE_USE_ENV_PROXY'];
    for (const name of names) process.env[name] = name.includes('USE') ? '1' : `http://127.0.0.1:${proxy.port}`;
    try {
      expect((await fetchFrom((_request, response) => response.end('direct'))).toString()).toBe('direct');
      expect(proxy.connections()).toBe(0);
    } finally {
      for (const name of names) delete process.env[name];
    }
  });
});

describe('redirects', () => {
  const countdown: RequestListener = ({ url = '' }, response) => {
    const left = Number(url.slice(1));
    if (left === 0) response.end('arrived');
    else response.writeHead(307, { location: `/${left - 1}` }).end('moved');
  };

  it('follows five and says where they led', async () => {
    const server = await serve(countdown);
    const { url, body } = await clientOf(server).download(urlOf(server, '/5'));
    expect([url.pathname, (await buffer(body)).toString()]).toEqual(['/0', 'arrived']);
  });

  it('refuses the sixth, and so a loop', async () => {
    const server = await serve(countdown);
    const download = clientOf(server).download(urlOf(server, '/6'));
    await expect(download).rejects.toMatchObject({ code: 'TOO_MANY_REDIRECTS' });
    expect(server.connections()).toBe(6);
    const loop = fetchFrom((_request, response) => response.writeHead(302, { location: '/file' }).end());
    await expect(loop).rejects.toMatchObject({ code: 'TOO_MANY_REDIRECTS' });
  });

  it('does not repeat a POST elsewhere', async () => {
    const server = await serve((_request, response) => response.writeHead(307, { location: '/other' }).end());
    const answer = await clientOf(server).send(urlOf(server), { method: 'POST', body: Buffer.from('{}') });
    answer.body.destroy();
    expect([answer.status, server.connections()]).toEqual([307, 1]);
  });
});

describe('answers', () => {
  it.each([
    [401, 'URL_NOT_ACCESSIBLE'],
    [403, 'URL_NOT_ACCESSIBLE'],
    [404, 'URL_NOT_ACCESSIBLE'],
    [204, 'URL_NOT_ACCESSIBLE'],
    [429, 'URL_UNAVAILABLE'],
    [503, 'URL_UNAVAILABLE'],
  ])('calls the status %i %s', async (status, code) => {
    await expect(fetchFrom((_request, response) => response.writeHead(status).end())).rejects.toMatchObject({ code });
  });

  it('says when to come back if the server does', async () => {
    const busy = fetchFrom((_request, response) => response.writeHead(503, { 'retry-after': '7' }).end());
    await expect(busy).rejects.toMatchObject({ retryAfterSeconds: 7 });
  });

  it('refuses a type that the caller does not accept', async () => {
    const server = await serve((_request, response) =>
      response.writeHead(200, { 'content-type': 'TEXT/html;a' }).end(),
    );
    const download = clientOf(server).download(urlOf(server), { accepts: (type) => type !== 'text/html' });
    await expect(download).rejects.toMatchObject({ code: 'URL_NOT_ACCESSIBLE' });
  });

  it('calls a server that is not there unavailable', async () => {
    const server = await serve(() => undefined);
    await server.close();
    await expect(clientOf(server).download(urlOf(server))).rejects.toMatchObject({ code: 'URL_UNAVAILABLE' });
  });

  it('gives any answer to a plain request', async () => {
    const server = await serve((request, response) => {
      request.pipe(response.writeHead(418, { 'content-type': 'text/plain' }));
    });
    const request = { method: 'POST', body: Buffer.from('tea'), headers: { 'x-signature': 's' } } as const;
    const { status, mediaType, body } = await clientOf(server).send(urlOf(server), request);
    expect([status, mediaType, (await buffer(body)).toString()]).toEqual([418, 'text/plain', 'tea']);
  });
});

describe('limits', () => {
  const drip = (write: () => void): void => {
    const timer = setInterval(write, 5);
    timer.unref();
  };
  const unavailable = { code: 'URL_UNAVAILABLE' };

  it('does not wait for headers that come drop by drop', async () => {
    const slow: RequestListener = ({ socket }) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      drip(() => socket.destroyed || socket.write('x-drop: 1\r\n'));
    };
    await expect(fetchFrom(slow, { headMs: 100 })).rejects.toMatchObject(unavailable);
  });

  it('does not read endless headers', async () => {
    const long: RequestListener = ({ socket }) => {
      socket.write(`HTTP/1.1 200 OK\r\n${'x-long: 0123456789\r\n'.repeat(2_000)}\r\n`);
    };
    await expect(fetchFrom(long)).rejects.toMatchObject(unavailable);
  });

  it('does not wait for a body that stops, nor for one that comes drop by drop for ever', async () => {
    const stops: RequestListener = (_request, response) => void response.write('begun');
    await expect(fetchFrom(stops, { idleMs: 100 })).rejects.toMatchObject(unavailable);
    const drops: RequestListener = (_request, response) => drip(() => response.destroyed || response.write('.'));
    await expect(fetchFrom(drops, { totalMs: 300 })).rejects.toMatchObject(unavailable);
  });

  it('stops at an endless body, and believes no length that is too large', async () => {
    let written = 0;
    const endless: RequestListener = (_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
      };
      response.on('drain', more);
      more();
    };
    await expect(fetchFrom(endless, { maximumBytes: 1 << 20 })).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
    expect(written).toBeLessThan(32 << 20);
    const claimed: RequestListener = (_request, response) =>
      response.writeHead(200, { 'content-length': 2e9 }).flushHeaders();
    await expect(fetchFrom(claimed)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('unpacks %s, and stops unpacking at the limit', async (encoding, pack) => {
    const answer = (content: Buffer) => (): Promise<Buffer> =>
      fetchFrom((_request, response) => response.writeHead(200, { 'content-encoding': encoding }).end(pack(content)), {
        maximumBytes: 1 << 20,
      });
    await expect(answer(Buffer.from('words'))()).resolves.toEqual(Buffer.from('words'));
    await expect(answer(Buffer.alloc(64 << 20))()).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  });

  it('refuses what does not unpack', async () => {
    for (const encoding of ['gzip', 'gzip, gzip', 'constructor']) {
      const broken = fetchFrom((_request, response) =>
        response.writeHead(200, { 'content-encoding': encoding }).end('plain'),
      );
      await expect(broken).rejects.toMatchObject({ code: 'URL_NOT_ACCESSIBLE' });
    }
  });

  it("ends with the caller, for the caller's reason", async () => {
    const reason = new Error('enough');
    const caller = new AbortController();
    const server = await serve((_request, response) => void response.write('begun'));
    const { body } = await clientOf(server).download(urlOf(server), { signal: caller.signal });
    body.once('data', () => caller.abort(reason));
    await expect(buffer(body)).rejects.toBe(reason);
    await expect(clientOf(server).download(urlOf(server), { signal: caller.signal })).rejects.toBe(reason);
  });
});
