import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { graphql, send, withKey, type Access } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { operator } from '../support/operator.js';

const hour = 3_600_000;

describe('a clock that jumps', () => {
  let folder: string;
  let harmony: HarmonyProcess;
  let access: Access;
  const clock = (): string => join(folder, 'clock');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'harmony-clock-'));
    await writeFile(clock(), '0');
    const preload = join(import.meta.dirname, '../support/shifted-clock.mjs');
    const environment = { NODE_OPTIONS: `--import=${preload}`, HARMONY_TEST_CLOCK: clock() };
    harmony = await startHarmonyProcess({ dataDirectory: join(folder, 'data'), environment });
    access = withKey(harmony.url, harmony.apiKey);
  }, 120_000);
  afterAll(async () => {
    await harmony.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const submit = async (title: string): Promise<string> => {
    const { status, body } = await send(access, 'POST', '/v1/conversations', { title, text: 'Ann: What time is it?' });
    expect(status).toBe(202);
    return z.object({ id: z.string() }).parse(body).id;
  };
  const viewOf = async (id: string): Promise<{ status: string; createdAt: string }> => {
    const { data } = await graphql(access, 'query ($id: ID!) { conversation(id: $id) { status createdAt } }', { id });
    return z.object({ conversation: z.object({ status: z.string(), createdAt: z.string() }) }).parse(data).conversation;
  };
  const shift = async (milliseconds: number, known: string): Promise<void> => {
    await writeFile(clock(), String(milliseconds));
    const base = Date.parse((await viewOf(known)).createdAt);
    // The process shows by a new conversation that its clock has moved.
    await eventually(async () => {
      const { createdAt } = await viewOf(await submit('probe'));
      expect(Math.abs(Date.parse(createdAt) - base - milliseconds)).toBeLessThan(hour / 2);
    });
  };

  it('moves neither order nor versions, and every conversation still comes to its end', async () => {
    const ids = [await submit('before')];
    await shift(hour, ids[0] ?? '');
    ids.push(await submit('an hour ahead'));
    await shift(-hour, ids[0] ?? '');
    ids.push(await submit('an hour behind'));
    for (const id of ids) await eventually(async () => expect((await viewOf(id)).status).toBe('COMPLETED'));
    const verified = await operator(join(folder, 'data'), 'verify', 'ingestion.conversations');
    expect(verified).toMatchObject({ exitCode: 0 });
  }, 120_000);

  it('ends a token after its time and lets a new one be had', async () => {
    await writeFile(clock(), '0');
    const signIn = `mutation { signIn(email: "${harmony.email}", password: "${harmony.password}") { accessToken } }`;
    const token = async (): Promise<Access> => {
      const { data } = await graphql({ url: harmony.url, headers: {} }, signIn);
      const { accessToken } = z.object({ signIn: z.object({ accessToken: z.string() }) }).parse(data).signIn;
      return { url: harmony.url, headers: { Authorization: `Bearer ${accessToken}` } };
    };
    const early = await eventually(async () => {
      const fresh = await token();
      expect((await send(fresh, 'GET', '/v1/conversations')).status).toBe(200);
      return fresh;
    });
    await writeFile(clock(), String(2 * hour));
    await eventually(async () => {
      const { status, body } = await send(early, 'GET', '/v1/conversations');
      expect([status, (body as { code?: string }).code]).toEqual([401, 'TOKEN_EXPIRED']);
    });
    expect((await send(await token(), 'GET', '/v1/conversations')).status).toBe(200);
  }, 120_000);
});
