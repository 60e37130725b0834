import { HarmonyError } from '@harmony/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMetrics } from '../metrics/metrics.js';
import { Health } from './health.js';
import { operations, serveOperations, type OperationsServer } from './operations.js';

describe('the health endpoints', () => {
  let health: Health;
  let server: OperationsServer;
  const metrics = createMetrics({ withProcessMetrics: false });

  beforeEach(async () => {
    health = new Health(50);
    server = await serveOperations(operations(health, metrics), { host: '127.0.0.1', port: 0 });
  });
  afterEach(() => server.close());

  const ask = async (path: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`${server.url}${path}`);
    return { status: response.status, body: await response.json() };
  };

  it('say live but not ready while the process starts, ready then, and 503 again when it stops', async () => {
    expect(await ask('/health/live')).toMatchObject({ status: 200 });
    expect(await ask('/health/ready')).toMatchObject({ status: 503, body: { status: 'starting' } });
    health.started();
    expect(await ask('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
    health.stopping();
    expect(await ask('/health/ready')).toMatchObject({ status: 503, body: { status: 'stopping' } });
    expect(await ask('/health/live')).toMatchObject({ status: 200 });
  });

  it('let connections be used again, until the process stops', async () => {
    const connection = async (): Promise<string | null> =>
      (await fetch(`${server.url}/other`)).headers.get('connection');
    expect(await connection()).toBe('keep-alive');
    health.stopping();
    expect(await connection()).toBe('close');
  });

  it('name the probe that fails, with its reason, and take up again when it recovers', async () => {
    let broken = true;
    health.register({ name: 'fine', check: () => undefined });
    health.register({
      name: 'database',
      check: async () => {
        if (broken) throw new HarmonyError('DATABASE_UNAVAILABLE');
      },
    });
    health.started();
    expect(await ask('/health/ready')).toMatchObject({
      status: 503,
      body: { probes: [{ name: 'fine' }, { name: 'database', status: 'failed', reason: expect.any(String) }] },
    });
    broken = false;
    expect(await ask('/health/ready')).toMatchObject({ status: 200 });
  });

  it('show a failing part that is not required as degraded, and stay ready', async () => {
    health.register({ name: 'broker', required: false, check: () => Promise.reject(new Error('"secret" text')) });
    health.started();
    expect(await ask('/health/ready')).toEqual({
      status: 200,
      body: { status: 'ok', probes: [{ name: 'broker', status: 'degraded', reason: 'does not answer' }] },
    });
  });

  it('do not wait for a probe that hangs', async () => {
    health.register({ name: 'stuck', check: () => new Promise(() => undefined) });
    health.started();
    expect(await ask('/health/ready')).toMatchObject({
      status: 503,
      body: { probes: [{ reason: 'no answer within 50 ms' }] },
    });
  });

  it('say dead when a part is lost for good', async () => {
    health.started();
    health.lost('the consumer ingestion ended');
    expect(await ask('/health/live')).toMatchObject({ status: 503 });
    expect(await ask('/health/ready')).toMatchObject({ status: 503 });
  });

  it('print the metrics for Prometheus', async () => {
    metrics.messageHandled('ingestion', 'ConversationSubmitted', 0.01);
    metrics.eventStoreHorizonLag(3);
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toContain('harmony_event_store_horizon_lag_seconds 3');
    expect(text).toMatch(/harmony_consumer_message_seconds_count\{.*type="ConversationSubmitted".*\} 1/);
  });

  it('leave every other path alone, and refuse a taken port in one sentence', async () => {
    expect((await fetch(`${server.url}/other`)).status).toBe(404);
    const port = Number(new URL(server.url).port);
    const second = serveOperations(operations(health, metrics), { host: '127.0.0.1', port });
    await expect(second).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  });
});
