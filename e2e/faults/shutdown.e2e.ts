import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { send, withKey, type Access } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { completed } from '../support/running-harmony.js';

const requestsPerSecond = 200;
const mostInFlight = 64;

interface Traffic {
  readonly statuses: Map<number, number>;
  readonly failures: unknown[];
  readonly conversationIds: string[];
  /** Resolves when readiness has turned and every request has its answer. */
  readonly ended: Promise<void>;
}

/** Clients behind a load balancer: kept connections, a steady rate, and no more requests once readiness says so. */
function send200PerSecond(access: Access): Traffic {
  const traffic = { statuses: new Map<number, number>(), failures: [] as unknown[], conversationIds: [] as string[] };
  const inFlight = new Set<Promise<void>>();
  let routed = true;
  const count = (status: number): void => void traffic.statuses.set(status, (traffic.statuses.get(status) ?? 0) + 1);
  const request = async (number: number): Promise<void> => {
    const answer =
      number % 10 === 0
        ? await send(access, 'POST', '/v1/conversations', { title: `Stop ${number}`, text: 'Ann: Hello.\nBob: Bye.' })
        : await send(access, 'POST', '/graphql', { query: '{ conversations(first: 1) { edges { node { id } } } }' });
    count(answer.status);
    if (answer.status === 202) traffic.conversationIds.push(z.object({ id: z.uuid() }).parse(answer.body).id);
  };
  const fire = (number: number): void => {
    const running: Promise<void> = request(number)
      .catch((error: unknown) => void traffic.failures.push(error))
      .finally(() => inFlight.delete(running));
    inFlight.add(running);
  };
  const watch = async (): Promise<void> => {
    while (routed) {
      const { status } = await send(access, 'GET', '/health/ready');
      routed = status === 200;
      await pause(20);
    }
  };
  const generate = async (): Promise<void> => {
    for (let number = 0; routed; number += 1) {
      if (inFlight.size < mostInFlight) fire(number);
      await pause(1000 / requestsPerSecond);
    }
    await Promise.all(inFlight);
  };
  return { ...traffic, ended: Promise.all([watch(), generate()]).then(() => undefined) };
}

/** Row 24 of the fault matrix, without the upload that does not exist yet. */
describe('SIGTERM under load, with jobs under way and a live subscription', () => {
  let dataDirectory: string;
  let harmony: HarmonyProcess;
  beforeAll(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-stop-'));
    harmony = await startHarmonyProcess({ dataDirectory, environment: { HARMONY_DRAIN_SECONDS: '2' } });
  }, 120_000);
  afterAll(async () => {
    await harmony.stop();
    await rm(dataDirectory, { recursive: true });
  });

  it('resets no connection, loses no request and no job, closes sockets with 1001, and ends with 0', async () => {
    const closed: unknown[] = [];
    const socket = createClient({
      url: harmony.graphqlUrl.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      connectionParams: { 'X-API-Key': harmony.apiKey },
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
      on: { closed: (event) => void closed.push(z.object({ code: z.number() }).parse(event).code) },
    });
    const traffic = send200PerSecond(withKey(harmony.url, harmony.apiKey));
    await eventually(() => expect(traffic.conversationIds.length).toBeGreaterThan(10), { withinMs: 60_000 });

    const asked = performance.now();
    const exit = harmony.stop();
    await traffic.ended;
    expect(traffic.failures).toEqual([]);
    expect([...traffic.statuses.keys()].sort()).toEqual([200, 202]);
    expect(await exit).toBe(0);
    process.stderr.write(`stopped ${Math.round(performance.now() - asked)} ms after SIGTERM\n`);
    expect(closed).toEqual([1001]);
    await socket.dispose();

    harmony = await startHarmonyProcess({ dataDirectory });
    for (const id of traffic.conversationIds) await completed(withKey(harmony.url, harmony.apiKey), id);
  }, 240_000);
});
