import { streams } from '@harmony/contracts';
import { createLocalAnalyst } from '@harmony/llm';
import { ModelServer, readPrompt, respondBy, type ModelRequest } from '@harmony/llm/testing';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { send, withKey, type Access } from '../support/api.js';
import { startHarmonyProcess, type HarmonyProcess } from '../support/harmony-process.js';
import { createProject } from '../support/projects.js';
import { completed, startHarmony } from '../support/running-harmony.js';

const concurrency = 3;
/** Live work has one place beside those of all work. As much may be under way when the process dies, and is asked again. */
const underWay = concurrency + 1;
const definitions = Array.from({ length: 12 }, (_, index) => ({
  title: `Question ${index}`,
  question: { yesNo: { question: `Did they agree on point number ${index}?` } },
}));

/** The question of a prompt; undefined where none of a definition is asked. */
function questionIn(request: ModelRequest): string | undefined {
  const { kind, question } = readPrompt(request);
  return kind !== 'NOTES' && question?.type === 'YES_NO' ? question.question : undefined;
}

describe('kill -9 in the middle of a run', () => {
  let server: ModelServer;
  let victim: HarmonyProcess;
  let dataDirectory: string;
  const asked: string[] = [];
  const environment = (): Record<string, string> => ({
    ...{ LLM_MODEL: 'openai:tested', LLM_BASE_URL: server.url, LLM_API_KEY: 'key' },
    JOB_CONCURRENCY: String(concurrency),
  });
  const access = (): Access => withKey(victim.url, victim.apiKey);

  beforeAll(async () => {
    server = await ModelServer.start(respondBy(createLocalAnalyst()), { latencyMs: 50 });
    dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-killed-run-'));
    victim = await startHarmonyProcess({ dataDirectory, environment: environment() });
  }, 120_000);
  afterAll(async () => {
    await victim?.stop();
    await server.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  it('loses no cell, doubles no result, and pays no completed call again', async () => {
    const { teamId } = await createProject(access(), definitions, 'Killed');
    let killed: Promise<void> | undefined;
    server.onRequest = (request) => {
      const question = questionIn(request);
      if (question === undefined) return;
      asked.push(question);
      if (asked.length === 7) killed ??= victim.kill9();
    };
    const text = 'Ann: Shall we agree on point number one?\nBob: Yes, we agree on all of your points.';
    const submitted = await send(access(), 'POST', '/v1/conversations', { text, teamId });
    const { id } = z.object({ id: z.string() }).parse(submitted.body);
    await eventually(() => expect(killed).toBeDefined(), { withinMs: 90_000 });
    await killed;
    const { port } = new URL(victim.url);
    victim = await startHarmonyProcess({ dataDirectory, port: Number(port), environment: environment() });
    await completed(access(), id, 180_000);
    await victim.stop();

    const times = new Map<string, number>();
    for (const question of asked) times.set(question, (times.get(question) ?? 0) + 1);
    expect(times.size).toBe(definitions.length);
    expect(Math.max(...times.values())).toBeLessThanOrEqual(2);
    // Those that were answered before the kill stay answered: only what was under way is asked again.
    expect(asked.length - times.size).toBeLessThanOrEqual(underWay);

    const harmony = await startHarmony({ HARMONY_DATA_DIR: dataDirectory });
    try {
      const events: { type: string; data: unknown }[] = [];
      const { eventStore, database } = harmony.running.backends;
      for await (const event of eventStore.readStream(streams.insights(id))) events.push(event);
      const settled = events.filter(({ type }) => type === 'InsightRecorded' || type === 'InsightFailed');
      const ids = settled.map(({ data }) => z.object({ definitionId: z.string() }).parse(data).definitionId);
      expect([ids.length, new Set(ids).size]).toEqual([definitions.length, definitions.length]);
      expect(events.filter(({ type }) => type === 'InsightsRunStarted')).toHaveLength(1);
      expect(events.filter(({ type }) => type === 'InsightsRunCompleted')).toHaveLength(1);
      expect((await database.worker.query('select from insights.replies')).rowCount).toBe(0);
    } finally {
      await harmony.stop();
    }
  }, 400_000);
});
