import type { Server } from 'node:http';

/** Tells the bench where a peer listens. */
export function announce(server: Server, path: string): void {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}${path}` })}\n`);
}
