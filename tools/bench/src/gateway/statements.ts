import { newId } from '@harmony/kernel';
import { currentCorrelationId } from '@harmony/observability';
import { startProcess } from '@harmony/runtime';
import { composition, createWorkspaceWithKey } from '@harmony/service-all-in-one';
import pg from 'pg';
import { ask, submitConversation } from './transcript-query.js';

/**
 * Runs everything in this process and counts the SQL statements that each request causes, by the correlation id that
 * a request's statements run under; one request after the other, so that none shares a statement with another.
 * @returns the count of each request.
 */
export async function countStatements(dataDirectory: string, requests: number): Promise<number[]> {
  const environment = {
    HARMONY_DATA_DIR: dataDirectory,
    HARMONY_PORT: '0',
    RATE_LIMIT_PER_MINUTE: '1000000',
    LOG_LEVEL: 'error',
  };
  const running = await startProcess({ composition, environment, target: 'all' });
  const wish = { name: 'Bench', email: 'bench@harmony.example', password: newId() };
  const { apiKey } = await createWorkspaceWithKey(running.backends, wish);
  const target = { url: `${running.url}/graphql`, headers: { 'X-API-Key': apiKey } };
  const counter = countingStatements();
  try {
    const id = await submitConversation(running.url, apiKey);
    const counts: number[] = [];
    for (let request = 0; request < requests; request += 1) {
      const correlationId = newId();
      await ask(target, id, { 'X-Correlation-Id': correlationId });
      counts.push(counter.of(correlationId));
    }
    return counts;
  } finally {
    counter.stop();
    await running.stop();
  }
}

interface StatementCounter {
  of(correlationId: string): number;
  stop(): void;
}

/** Watches every statement of every connection; a pool hands its statements to the same method. */
function countingStatements(): StatementCounter {
  const counts = new Map<string, number>();
  const original = Reflect.get(pg.Client.prototype, 'query');
  const counting = function (this: pg.Client, ...parameters: unknown[]): unknown {
    const id = currentCorrelationId();
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
    return Reflect.apply(original, this, parameters) as unknown;
  };
  Object.assign(pg.Client.prototype, { query: counting });
  return {
    of: (correlationId) => counts.get(correlationId) ?? 0,
    stop: () => void Object.assign(pg.Client.prototype, { query: original }),
  };
}
