import { createLocalAnalyst } from '@harmony/llm';
import { ModelServer, respondBy, type ModelFault } from '@harmony/llm/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** The machine may be busy with everything else. */
jest.setTimeout(240_000);

const root = new URL('../../', import.meta.url).pathname;
const program = join(root, 'tools/evaluation/dist/main.js');
const example = join(root, 'tools/evaluation/examples');
const calls = join(root, '../shared/data/calls');

const figure = z.object({ value: z.number().nullable(), hits: z.number(), of: z.number() });
const report = z.object({
  measures: z.record(z.string(), figure),
  types: z.array(
    z.object({
      type: z.string(),
      failures: z.record(z.string(), z.number()),
      tokens: z.number(),
      costMicros: z.number(),
    }),
  ),
});
type Report = z.output<typeof report>;

interface Run {
  readonly exitCode: number;
  readonly output: string;
  readonly complaints: string;
}

/** `npm run eval`, in a process of its own. */
const run = (words: readonly string[], environment: Readonly<Record<string, string>>): Promise<Run> =>
  new Promise((resolve) => {
    const env = { ...process.env, NODE_OPTIONS: '', ...environment };
    const child = execFile(
      process.execPath,
      [program, ...words],
      { env, maxBuffer: 100_000_000 },
      (_error, output, complaints) => resolve({ exitCode: child.exitCode ?? -1, output, complaints }),
    );
  });

const measuresOf = ({ output }: Run): Report['measures'] => report.parse(JSON.parse(output)).measures;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** What a bad day with a provider looks like: every few requests something else goes wrong. */
const faults: readonly ModelFault[] = [
  { kind: 'status', status: 429, retryAfterSeconds: 0 },
  { kind: 'status', status: 500 },
  { kind: 'cut' },
  { kind: 'breaks-off' },
  { kind: 'content', content: 'I am sorry, but here is no JSON.' },
  { kind: 'content', content: '{"value": 42}' },
];

describe('the evaluation of a language model', () => {
  let server: ModelServer;
  beforeEach(async () => (server = await ModelServer.start(respondBy(createLocalAnalyst()))));
  afterEach(() => server.stop());
  const environment = (changes: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
    ...{ LLM_MODEL: 'openai:scripted', LLM_BASE_URL: server.url, LLM_API_KEY: 'test-key', LLM_INPUT_PRICE: '2' },
    ...{ LLM_OUTPUT_PRICE: '8', LLM_MAX_CONCURRENCY: '4', ...changes },
  });
  const evaluate = (folder: string, changes?: Readonly<Record<string, string>>): Promise<Run> =>
    run([folder, '--analyst', 'langchain', '--json'], environment(changes));

  it.each([example, calls].filter(existsSync))('asks the server every question of %s', async (folder) => {
    const evaluated = await evaluate(folder);
    expect(evaluated).toMatchObject({ exitCode: 0, complaints: '' });
    const { measures, types } = report.parse(JSON.parse(evaluated.output));
    expect(measures['evidence.valid']).toMatchObject({ value: 1 });
    expect(types.map(({ failures }) => failures)).toEqual(types.map(() => ({})));
    expect(types).toHaveLength(13);
    expect(sum(types.map(({ tokens }) => tokens))).toBe(server.inputTokens + server.outputTokens);
    const cost = server.inputTokens * 2 + server.outputTokens * 8;
    expect(sum(types.map(({ costMicros }) => costMicros))).toBe(cost);
    expect(server.peak).toBeLessThanOrEqual(4);
  });

  it('comes to the same figures on a bad day of the server', async () => {
    const good = await evaluate(example);
    const asked = new Set<string>();
    server.faultOf = (index, { messages }) => {
      const fault = index % 5 === 4 ? faults[Math.floor(index / 5) % faults.length] : undefined;
      // One repair is made: a question that is answered badly twice has failed, and rightly so.
      const question = JSON.stringify(messages.slice(0, 2));
      if (!fault || asked.has(question)) return undefined;
      asked.add(question);
      return fault;
    };
    const bad = await evaluate(example);
    expect(bad.exitCode).toBe(0);
    expect(asked.size).toBeGreaterThan(faults.length);
    expect(measuresOf(bad)).toEqual(measuresOf(good));
  });

  it('is played again from cassettes, without the server and at no cost', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'harmony-cassettes-'));
    const recorded = await evaluate(example, { LLM_CASSETTES: folder, LLM_CASSETTE_MODE: 'record' });
    const asked = server.count;
    const played = await evaluate(example, { LLM_CASSETTES: folder, LLM_CASSETTE_MODE: 'replay' });
    expect(server.count).toBe(asked);
    expect(measuresOf(played)).toEqual(measuresOf(recorded));
    const { types } = report.parse(JSON.parse(played.output));
    expect(sum(types.map(({ tokens, costMicros }) => tokens + costMicros))).toBe(0);
    await rm(folder, { recursive: true });
  });

  it('says what to set where no model is named', async () => {
    const evaluated = await run([example, '--analyst', 'langchain'], { LLM_MODEL: '' });
    expect(evaluated.exitCode).toBe(1);
    expect(evaluated.complaints).toContain('Set LLM_MODEL');
  });
});
