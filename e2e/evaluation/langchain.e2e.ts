import { createLocalAnalyst } from '@harmony/llm';
import {
  cassetteResponder,
  ModelServer,
  readPrompt,
  respondBy,
  schemaNameOf,
  type ModelFault,
  type ModelRequest,
} from '@harmony/llm/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
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
      evidenceValid: figure,
      tokens: z.number(),
      costMicros: z.number(),
    }),
  ),
  answers: z.array(
    z.object({
      ...{ conversation: z.string(), definition: z.string(), finding: z.looseObject({}).nullable() },
      failure: z.object({ code: z.string() }).nullable(),
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

const environmentOf = (
  server: ModelServer,
  changes: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  ...{ LLM_MODEL: 'openai:scripted', LLM_BASE_URL: server.url, LLM_API_KEY: 'test-key', LLM_INPUT_PRICE: '2' },
  ...{ LLM_OUTPUT_PRICE: '8', LLM_MAX_CONCURRENCY: '4', ...changes },
});
const evaluate = (folder: string, server: ModelServer, changes?: Readonly<Record<string, string>>): Promise<Run> =>
  run([folder, '--analyst', 'langchain', '--json'], environmentOf(server, changes));

const reportOf = ({ output }: Run): Report => report.parse(JSON.parse(output));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const failuresOf = ({ types }: Report): Record<string, Report['types'][number]['failures']> =>
  Object.fromEntries(
    types.flatMap(({ type, failures }) => (Object.keys(failures).length > 0 ? [[type, failures]] : [])),
  );

/** A model that knows what the local analyst knows. */
const model = respondBy(createLocalAnalyst());

describe('the evaluation of a language model', () => {
  let server: ModelServer;
  beforeEach(async () => (server = await ModelServer.start(model)));
  afterEach(() => server.stop());

  it.each([example, calls].filter(existsSync))('asks the server every question of %s', async (folder) => {
    const evaluated = await evaluate(folder, server);
    expect(evaluated).toMatchObject({ exitCode: 0, complaints: '' });
    const { measures, types } = reportOf(evaluated);
    expect(measures['evidence.valid']).toMatchObject({ value: 1 });
    expect(types.map(({ failures }) => failures)).toEqual(types.map(() => ({})));
    expect(types).toHaveLength(13);
    expect(sum(types.map(({ tokens }) => tokens))).toBe(server.inputTokens + server.outputTokens);
    const cost = server.inputTokens * 2 + server.outputTokens * 8;
    expect(sum(types.map(({ costMicros }) => costMicros))).toBe(cost);
    expect(server.peak).toBeLessThanOrEqual(4);
  });

  it('says what to set where no model is named', async () => {
    const evaluated = await run([example, '--analyst', 'langchain'], { LLM_MODEL: '' });
    expect(evaluated.exitCode).toBe(1);
    expect(evaluated.complaints).toContain('Set LLM_MODEL');
  });
});

/** What a bad day with a provider looks like: every few requests something else goes wrong. */
const faults: readonly ModelFault[] = [
  { kind: 'status', status: 429, retryAfterSeconds: 0 },
  { kind: 'status', status: 500 },
  { kind: 'cut' },
  { kind: 'breaks-off' },
  { kind: 'content', content: 'I am sorry, but here is no JSON.' },
  { kind: 'content', content: '{"value": 42}' },
];

describe('the evaluation of a language model whose server serves the cassettes of a good day', () => {
  let folder: string;
  let good: Report;
  let server: ModelServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'harmony-cassettes-'));
    const recorded = await ModelServer.start(model);
    good = reportOf(await evaluate(example, recorded, { LLM_CASSETTES: folder, LLM_CASSETTE_MODE: 'record' }));
    await recorded.stop();
  });
  beforeEach(async () => {
    const played = cassetteResponder(folder);
    // What has to be mended on a bad day, nobody has recorded on a good one.
    server = await ModelServer.start((request) => (readPrompt(request).isRepair ? model : played)(request));
  });
  afterEach(() => server.stop());
  afterAll(() => rm(folder, { recursive: true }));

  it('comes to the same figures on a bad day of the server', async () => {
    const met: ModelFault[] = [];
    const asked = new Set<string>();
    let turn = 0;
    server.faultOf = (index, request) => {
      // Items that are met stand on quotes, so that invented ones have to be mended.
      const isQuoted = schemaNameOf(request) === 'checklist';
      const next = index % 3 === 2 ? faults[turn % faults.length] : undefined;
      const fault: ModelFault | undefined = isQuoted ? { kind: 'invented-quote' } : next;
      // One repair is made: a question that is answered badly twice has failed, and rightly so.
      const question = JSON.stringify(readPrompt(request).conversation) + schemaNameOf(request);
      if (!fault || asked.has(question)) return undefined;
      asked.add(question);
      met.push(fault);
      if (!isQuoted) turn += 1;
      return fault;
    };
    const bad = await evaluate(example, server);
    expect(bad.exitCode).toBe(0);
    expect(new Set(met.map((fault) => JSON.stringify(fault))).size).toBe(faults.length + 1);
    expect(reportOf(bad).measures).toEqual(good.measures);
  });

  it('keeps no quote that a model insists on having heard, waits for no silent one, and loses nothing else', async () => {
    let isSilent = false;
    const quoted: ModelRequest[] = [];
    server.faultOf = (_index, request) => {
      if (schemaNameOf(request) === 'checklist') {
        quoted.push(request);
        return { kind: 'invented-quote' };
      }
      if (schemaNameOf(request) !== 'group' || isSilent) return undefined;
      isSilent = true;
      return { kind: 'silence' };
    };
    const evaluated = await evaluate(example, server, { LLM_TIME_LIMIT: '20' });
    expect(evaluated.exitCode).toBe(0);
    const bad = reportOf(evaluated);
    expect(failuresOf(bad)).toEqual({ GROUP: { ANALYST_TIME_LIMIT: 1 }, CHECKLIST: { UNSUPPORTED_ANSWER: 3 } });
    expect(quoted.map((request) => readPrompt(request).isRepair).sort()).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);

    expect(evaluated.output).not.toContain('Zanzibar');
    const { 'evidence.valid': valid } = bad.measures;
    const rest = good.types.filter(({ type }) => type !== 'CHECKLIST' && type !== 'GROUP');
    expect(valid?.value).toBe(1);
    expect(valid?.of).toBeGreaterThanOrEqual(sum(rest.map(({ evidenceValid }) => evidenceValid.of)));
    const left = bad.answers.map(({ finding, failure }, index) => (failure ? good.answers[index]?.finding : finding));
    expect(left).toEqual(good.answers.map(({ finding }) => finding));
    expect(bad.answers.filter(({ failure }) => failure).map(({ finding }) => finding)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('is played again from cassettes, without the server and at no cost', async () => {
    const played = await evaluate(example, server, { LLM_CASSETTES: folder, LLM_CASSETTE_MODE: 'replay' });
    expect(server.count).toBe(0);
    const { measures, types } = reportOf(played);
    expect(measures).toEqual(good.measures);
    expect(sum(types.map(({ tokens, costMicros }) => tokens + costMicros))).toBe(0);
  });
});
