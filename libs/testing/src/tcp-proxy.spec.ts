import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { eventually } from './eventually.js';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.js';

const echo: Server = createServer((socket) => socket.on('error', () => undefined).pipe(socket));

async function dial(proxy: TcpProxy): Promise<Socket> {
  const socket = connect({ host: proxy.host, port: proxy.port });
  await once(socket, 'connect');
  return socket;
}

async function ask(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString();
}

describe('the TCP proxy', () => {
  let proxy: TcpProxy;

  beforeAll(async () => {
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await startTcpProxy({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port });
  });

  afterAll(async () => {
    await proxy.close();
    echo.close();
  });

  it('passes bytes both ways, at once or later', async () => {
    const socket = await dial(proxy);
    expect(await ask(socket, 'now')).toBe('now');
    proxy.set({ kind: 'delay', ms: 20 });
    expect(await ask(socket, 'later')).toBe('later');
    proxy.set({ kind: 'pass' });
    socket.destroy();
  });

  it('ends open connections and refuses new ones while it is cut', async () => {
    const socket = await dial(proxy);
    await ask(socket, 'still there');
    const ended = once(socket, 'close');
    proxy.set({ kind: 'cut' });
    await ended;
    const refused = await dial(proxy);
    await once(refused, 'close');
    proxy.set({ kind: 'pass' });
    expect(await ask(await dial(proxy), 'back')).toBe('back');
  });

  it('takes connections and never answers while it is half open', async () => {
    const old = await dial(proxy);
    await ask(old, 'before');
    proxy.set({ kind: 'half-open' });
    const fresh = await dial(proxy);
    const answers: string[] = [];
    for (const socket of [old, fresh]) {
      socket.on('data', (bytes: Buffer) => answers.push(bytes.toString()));
      socket.write('anybody?');
    }
    await setImmediate();
    expect(answers).toEqual([]);
    proxy.set({ kind: 'pass' });
    await eventually(() => expect(answers).toEqual(['anybody?', 'anybody?']));
    old.destroy();
    fresh.destroy();
  });
});
