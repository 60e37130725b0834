import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What the proxy does with bytes: pass them on, pass them on later, refuse connections, or accept and stay silent. */
export type ProxyMode =
  { readonly kind: 'pass' | 'cut' | 'half-open' } | { readonly kind: 'delay'; readonly ms: number };

/** A loopback TCP proxy in front of a server, for tests of what happens when the network misbehaves. */
export interface TcpProxy {
  readonly host: string;
  readonly port: number;
  /** Connections accepted so far. */
  readonly connections: number;
  /**
   * From now on. `cut` also ends the connections that are open and ends new ones at once; `half-open` keeps open ones
   * and takes new ones, but no byte passes in either direction until the mode changes.
   */
  set(mode: ProxyMode): void;
  close(): Promise<void>;
}

/** Listens on a free loopback port and connects each caller to the target. Starts with mode `pass`. */
export async function startTcpProxy(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
  let mode: ProxyMode = { kind: 'pass' };
  let silence = Promise.resolve();
  let endSilence = (): void => undefined;
  let connections = 0;
  const sockets = new Set<Socket>();

  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };

  const pump = async (from: Socket, to: Socket): Promise<void> => {
    for await (const bytes of from as AsyncIterable<Buffer>) {
      if (mode.kind === 'delay') await pause(mode.ms);
      await silence;
      if (!to.destroyed) to.write(bytes);
    }
  };

  const server = createServer((caller) => {
    connections += 1;
    if (mode.kind === 'cut') return void caller.destroy();
    const upstream = connect(target);
    for (const [from, to] of [
      [caller, upstream],
      [upstream, caller],
    ] as const) {
      keep(from);
      pump(from, to)
        .catch(() => undefined)
        .finally(() => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const endAll = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    set: (next) => {
      mode = next;
      endSilence();
      if (next.kind === 'half-open') silence = new Promise((resolve) => (endSilence = resolve));
      if (next.kind === 'cut') endAll();
    },
    close: () => {
      endSilence();
      endAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
