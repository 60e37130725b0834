import { eventsFrom, fact, newId } from '@harmony/kernel';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Composition, GatewayContext, RunningGateway } from '../composition.js';
import { sampleService } from './sample-service.js';

/** Stands in for the real gateway, which this library may not import: a few addresses that tests need. */
async function serve({ backends, operations, address }: GatewayContext): Promise<RunningGateway> {
  const closing = new AbortController();
  let underWay = 0;
  const append = async (name: string): Promise<string> => {
    const workspaceId = newId();
    const cause = {
      causationId: newId(),
      correlationId: newId(),
      workspaceId,
      actor: { kind: 'SYSTEM', id: 'sample' },
      occurredAt: backends.clock.now().toISOString(),
    } as const;
    const stream = `workspace-${workspaceId}`;
    const { position } = await backends.eventStore.append(
      stream,
      eventsFrom(cause, stream, [fact('WorkspaceCreated', { name })]),
      'none',
    );
    await backends.progress.waitFor('sample.workspaces', position);
    return cause.correlationId;
  };
  const routes: Readonly<Record<string, (response: ServerResponse) => Promise<string> | string>> = {
    '/append/plain': () => append('plain'),
    '/append/slow': () => append('slow'),
    '/reject': () => (void Promise.reject(new Error('nobody handles this')), 'rejected'),
    /** Answers only when the process stops, as a request that is under way then. */
    '/held': () => {
      underWay += 1;
      return new Promise((resolve) => {
        closing.signal.addEventListener('abort', () => resolve('answered while stopping'));
      });
    },
    '/stuck': () => {
      underWay += 1;
      return new Promise(() => undefined);
    },
    /** How many of those two have come. */
    '/under-way': () => String(underWay),
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = routes[request.url ?? ''];
    try {
      if (route) response.end(await route(response));
      else response.writeHead(404).end();
    } catch {
      response.writeHead(503).end();
    }
  };
  const [operate] = operations;
  const server = createServer((request, response) =>
    operate?.(request, response, () => void answer(request, response)),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      closing.abort();
      await closed;
    },
  };
}

export const sampleComposition: Composition = { services: [sampleService], schemas: [], gateway: serve };
