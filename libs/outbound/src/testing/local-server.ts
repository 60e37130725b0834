import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface LocalServer {
  readonly port: number;
  /** Connections that were ever opened. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** An HTTP server on a loopback address, for tests; 127.0.0.2 can stand for a public address there. */
export async function localServer(listener: RequestListener, address = '127.0.0.1', port = 0): Promise<LocalServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer(listener);
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}
