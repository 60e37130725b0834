import { afterAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@harmony/testing';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { graphql, send, withKey } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { operator } from '../support/operator.js';

const conversations = 300;
const crashes = 5;
const concurrency = 16;
const seed = Number(process.env.HARMONY_CRASH_SEED ?? Date.now() % 1_000_000);

/** Mulberry32 by Tommy Ettinger (public domain): enough to spread crashes, and repeatable from the printed seed. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const page = z.object({
  conversations: z.object({
    edges: z.array(
      z.object({
        node: z.object({ id: z.string(), title: z.string(), status: z.string(), turnCount: z.number().nullable() }),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

const statusSchema = z.object({
  projections: z.array(z.object({ name: z.string(), parked: z.array(z.unknown()) })).min(2),
  deadLetters: z.object({ dead: z.number(), waiting: z.number() }),
  /** Only what waits, runs or failed is listed. */
  jobs: z.array(z.unknown()),
});

type Listed = z.output<typeof page>['conversations']['edges'][number]['node'];

async function listAll(harmony: HarmonyProcess): Promise<Listed[]> {
  const found: Listed[] = [];
  let after: string | null = null;
  do {
    const query = `query ($after: String) { conversations(first: 100, after: $after) {
      edges { node { id title status turnCount } } pageInfo { hasNextPage endCursor } } }`;
    const { data } = await graphql(withKey(harmony.url, harmony.apiKey), query, { after });
    const { edges, pageInfo } = page.parse(data).conversations;
    found.push(...edges.map(({ node }) => node));
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after);
  return found;
}

const analysisSchema = z.object({
  conversationExtraction: z.object({ version: z.number() }).nullable(),
  conversationInsights: z.object({ run: z.object({ completedAt: z.string().nullable() }) }).nullable(),
});

/** How often a conversation was looked through, and whether the run of its insights is complete. */
const analysisOf = (harmony: HarmonyProcess, id: string): Promise<{ extraction: number; isAnswered: boolean }> =>
  eventually(async () => {
    const query = `query ($id: ID!) { conversationExtraction(conversationId: $id) { version }
      conversationInsights(conversationId: $id) { run { completedAt } } }`;
    const { data } = await graphql(withKey(harmony.url, harmony.apiKey), query, { id });
    const { conversationExtraction, conversationInsights } = analysisSchema.parse(data);
    if (!conversationInsights?.run.completedAt) throw new Error('The run is not complete in the read model.');
    return { extraction: conversationExtraction?.version ?? 0, isAnswered: true };
  });

describe('kill -9 of the whole process while conversations come in', () => {
  let harmony: HarmonyProcess;
  afterAll(async () => {
    await harmony.stop();
  });

  it(`loses nothing and doubles nothing over ${crashes} crashes (seed ${seed})`, async () => {
    const random = randomFrom(seed);
    const dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-crash-'));
    harmony = await startHarmonyProcess({ dataDirectory });
    const { port } = new URL(harmony.url);
    const acknowledged = new Map<number, string>();
    let broken: Error | undefined;
    const crashAfter = Array.from({ length: crashes }, () => Math.floor(random() * conversations)).sort(
      (a, b) => a - b,
    );

    // A client as customers write it: a key for each conversation, and the same request again until it is acknowledged.
    const submit = async (index: number): Promise<void> => {
      const body = {
        title: `Crash ${index}`,
        text: `Ann: This is number ${index}.\nBob: Understood, number ${index}.`,
      };
      await eventually(
        async () => {
          if (broken) return;
          const access = withKey(harmony.url, harmony.apiKey);
          const answer = await send(access, 'POST', '/v1/conversations', body, { 'Idempotency-Key': `crash-${index}` });
          if (answer.status !== 202)
            throw new Error(`not acknowledged: ${answer.status} ${JSON.stringify(answer.body)}`);
          acknowledged.set(index, z.object({ id: z.string() }).parse(answer.body).id);
        },
        { withinMs: 120_000, everyMs: 100 },
      );
    };

    let next = 0;
    const client = async (): Promise<void> => {
      while (next < conversations && !broken) await submit(next++);
    };
    const crasher = async (): Promise<void> => {
      for (const threshold of crashAfter) {
        await eventually(() => expect(acknowledged.size).toBeGreaterThanOrEqual(threshold), {
          withinMs: 120_000,
          everyMs: 2,
        });
        await harmony.kill9();
        harmony = await startHarmonyProcess({ dataDirectory, port: Number(port) });
      }
    };
    const crashing = crasher().catch((error: unknown) => {
      broken = error instanceof Error ? error : new Error(String(error));
    });
    await Promise.all([crashing, ...Array.from({ length: concurrency }, client)]);
    if (broken) throw broken;
    expect(acknowledged.size).toBe(conversations);

    const listed = await eventually(
      async () => {
        const all = (await listAll(harmony)).filter(({ title }) => title.startsWith('Crash '));
        expect(all.filter(({ status }) => status !== 'COMPLETED')).toEqual([]);
        expect(all.length).toBe(conversations);
        return all;
      },
      { withinMs: 120_000, everyMs: 250 },
    );

    expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(acknowledged.values()));
    expect(new Set(listed.map(({ title }) => title)).size).toBe(conversations);
    expect(new Set(listed.map(({ turnCount }) => turnCount))).toEqual(new Set([2]));

    for (const { id } of listed) expect(await analysisOf(harmony, id)).toEqual({ extraction: 1, isAnswered: true });

    const status = statusSchema.parse(JSON.parse((await operator(dataDirectory, 'status', '--json')).output));
    expect(status.jobs).toEqual([]);
    expect(status.deadLetters).toEqual({ dead: 0, waiting: 0 });
    expect(status.projections.map(({ parked }) => parked)).toEqual(status.projections.map(() => []));
    for (const { name } of status.projections) {
      const verified = await operator(dataDirectory, 'verify', name);
      expect({ name, ...verified }).toMatchObject({ name, exitCode: 0 });
    }
    const letters = await operator(dataDirectory, 'dead-letters', 'list', '--json');
    expect(JSON.parse(letters.output)).toEqual([]);
  }, 600_000);
});
