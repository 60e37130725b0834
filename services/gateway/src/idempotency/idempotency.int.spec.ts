import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { attachRequestContext } from '@harmony/access';
import { newId } from '@harmony/kernel';
import { createTestDatabase, type TestDatabase } from '@harmony/testing';
import type { Request } from 'express';
import { DataSource } from 'typeorm';
import type { RunningGateway } from '../application.js';
import { samplePrincipal, serveSampleGateway, validKey } from '../testing/sample-gateway.js';
import { calls } from '../testing/sample-service.js';
import { identityOf } from './idempotency-interceptor.js';
import { IdempotencyStore } from './idempotency-store.js';
import { gatewayMigrations } from './migration.js';

describe('a mutating REST call with an Idempotency-Key', () => {
  let database: TestDatabase;
  let gateway: RunningGateway;

  beforeAll(async () => {
    database = await createTestDatabase();
    await database.pool.query('create schema gateway');
    const source = new DataSource({
      type: 'postgres',
      url: database.url,
      schema: 'gateway',
      migrations: gatewayMigrations.migrations,
      extra: { options: '-c search_path=gateway' },
    });
    await source.initialize();
    await source.runMigrations();
    await source.destroy();
    gateway = await serveSampleGateway(new IdempotencyStore(database.pool));
  });
  afterAll(async () => {
    await gateway.close();
    await database.drop();
  });
  beforeEach(() => {
    calls.posts = 0;
  });

  const send = async (key: string, body: unknown) => {
    const response = await fetch(`${gateway.url}/v1/samples`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'X-API-Key': validKey, 'Idempotency-Key': key },
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: (await response.json()) as { code?: string },
    };
  };

  it('runs once and answers a repeat with the first answer', async () => {
    const first = await send('once', { a: 1 });
    const second = await send('once', { a: 1 });
    expect([second, calls.posts]).toEqual([first, 1]);
    expect(first.status).toBe(202);
  });

  it('refuses the same key with another body and runs nothing', async () => {
    await send('other-body', { a: 1 });
    const refused = await send('other-body', { a: 2 });
    expect([refused.status, refused.body.code, calls.posts]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED', 1]);
  });

  it('refuses the same key with another file, which is read only as it comes', async () => {
    const put = async (bytes: number): Promise<number> => {
      const headers = { 'X-API-Key': validKey, 'Idempotency-Key': 'other-file' };
      const response = await fetch(`${gateway.url}/v1/streams/1`, {
        method: 'PUT',
        body: Buffer.alloc(bytes),
        headers,
      });
      await response.text();
      return response.status;
    };
    expect([await put(10), await put(10), await put(11)]).toEqual([200, 200, 422]);
  });

  it('refuses the same key to somebody else of the workspace, who may not know the answer', async () => {
    const [first, other] = ['one', 'other'].map((userId) => {
      const headers: Record<string, string> = { 'idempotency-key': 'of-another' };
      const get = (name: string): string | undefined => headers[name.toLowerCase()];
      const request = { method: 'POST', path: '/v1/samples', body: { a: 1 }, get } as Partial<Request> as Request;
      const principal = { ...samplePrincipal, userId };
      attachRequestContext(request, { principal, correlationId: 'c', commandId: newId() });
      return identityOf(request);
    });
    const store = new IdempotencyStore(database.pool);
    expect(first && (await store.claim(first))).toBeUndefined();
    await expect(other && store.claim(other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('repeats a refusal as the problem that it was', async () => {
    const first = await send('refused', { refuse: true });
    const second = await send('refused', { refuse: true });
    expect([first.status, second.status, second.body.code, calls.posts]).toEqual([422, 422, 'UNKNOWN_TEAM', 1]);
    expect(second.type).toContain('application/problem+json');
  });

  it('tries again after a failure of ours', async () => {
    expect((await send('failed', { fail: true })).status).toBe(503);
    expect((await send('failed', { fail: true })).status).toBe(503);
    expect(calls.posts).toBe(2);
  });

  it('lets one of twenty racers run; the others are told to wait or get the same answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send('race', { a: 1 })));
    expect(calls.posts).toBe(1);
    for (const { status, body } of answers)
      expect([202, 'IDEMPOTENCY_KEY_IN_FLIGHT']).toContain(status === 202 ? 202 : body.code);
    expect(answers.some(({ status }) => status === 202)).toBe(true);
  });

  it('is taken over when the first run never answered', async () => {
    await database.pool.query(
      `insert into gateway.idempotency_keys (workspace_id, route, key, request_sha256, locked_until)
       select workspace_id, route, 'crashed', request_sha256, now() - interval '1 second' from gateway.idempotency_keys where key = 'once'`,
    );
    expect((await send('crashed', { a: 1 })).status).toBe(202);
    expect(calls.posts).toBe(1);
  });
});
