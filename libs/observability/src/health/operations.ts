import { HarmonyError } from '@harmony/contracts';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from '../metrics/metrics.js';
import type { Health, HealthReport } from './health.js';

/** Fits Express and the plain server of Node alike. */
export type OperationsHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Serves `GET /health/live`, `GET /health/ready` and `GET /metrics`; hands on everything else, and sends connections away while stopping. */
export function operations(health: Health, metrics: Metrics): OperationsHandler {
  const routes: Readonly<Record<string, (response: ServerResponse) => Promise<void> | void>> = {
    '/health/live': (response) => sendReport(response, health.liveness()),
    '/health/ready': async (response) => sendReport(response, await health.readiness()),
    '/metrics': async (response) => {
      const { contentType, body } = await metrics.print();
      response.writeHead(200, { 'content-type': contentType }).end(body);
    },
  };
  return (request, response, next) => {
    // A client that would use its connection again just when the server closes it would see a reset.
    if (health.isStopping) response.setHeader('connection', 'close');
    const route = routes[request.url?.split('?')[0] ?? ''];
    if (!route || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    Promise.resolve(route(response)).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}

function sendReport(response: ServerResponse, report: HealthReport): void {
  const status = report.status === 'ok' ? 200 : 503;
  response
    .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
    .end(`${JSON.stringify(report)}\n`);
}

export interface OperationsServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The only HTTP of a process without an API. @throws HarmonyError PORT_IN_USE */
export async function serveOperations(
  handler: OperationsHandler,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<OperationsServer> {
  const server = createServer((request, response) =>
    handler(request, response, () => void response.writeHead(404).end()),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(
        new HarmonyError('PORT_IN_USE', { detail: `Port ${port} is taken. Choose another one with HARMONY_PORT.` }),
      );
    });
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}
