import { describeReachable, eventually, startPostgresServer, type PostgresServer } from '@harmony/testing';
import { startProcess, type RunningProcess } from '@harmony/runtime';
import { composition, createWorkspaceWithKey } from '@harmony/service-all-in-one';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { graphql, send, withKey, type Access } from '../support/api.js';
import { createProject } from '../support/projects.js';

const program = join(import.meta.dirname, '../../services/all-in-one/dist/main.js');

/** One worker as a process of its own, as a cluster would run it. */
class Worker {
  #child: ChildProcess | undefined;
  #log = '';

  constructor(
    private readonly target: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  start(): void {
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, NODE_OPTIONS: '', ...this.environment, HARMONY_TARGET: this.target, HARMONY_PORT: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk: Buffer) => (this.#log += chunk.toString()));
    this.#child = child;
  }

  async ready(): Promise<void> {
    await eventually(
      () => {
        if (!this.#log.includes('"message":"ready"'))
          throw new Error(`${this.target} is not ready: ${this.#log.slice(-2000)}`);
      },
      { withinMs: 90_000 },
    );
    this.#log = '';
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  }
}

await describeReachable('kafka', 'one process a service, over Kafka', (kafka) => {
  let postgres: PostgresServer;
  let folder: string;
  let gateway: RunningProcess;
  let access: Access;
  let workers: Record<'workspace' | 'ingestion' | 'extraction' | 'insights' | 'relay', Worker>;

  beforeAll(async () => {
    postgres = await startPostgresServer({ durable: true });
    folder = await mkdtemp(join(tmpdir(), 'harmony-split-'));
    const environment = {
      DATABASE_URL: postgres.url,
      KAFKA_BROKERS: kafka.brokers.join(','),
      HARMONY_DATA_DIR: folder,
      LOG_LEVEL: 'info',
      RATE_LIMIT_PER_MINUTE: '1000000',
    };
    workers = {
      workspace: new Worker('workspace', environment),
      ingestion: new Worker('ingestion', environment),
      extraction: new Worker('extraction', environment),
      insights: new Worker('insights', environment),
      relay: new Worker('relay', environment),
    };
    gateway = await startProcess({
      composition,
      environment,
      target: 'gateway',
      overrides: { HARMONY_PORT: '0', LOG_LEVEL: 'fatal' },
    });
    for (const worker of Object.values(workers)) worker.start();
    for (const worker of Object.values(workers)) await worker.ready();
    const wish = { name: 'Split', email: 'admin@split.example', password: 'split password 1' };
    access = withKey(gateway.url, (await createWorkspaceWithKey(gateway.backends, wish)).apiKey);
  }, 240_000);
  afterAll(async () => {
    for (const worker of Object.values(workers ?? {})) await worker.end('SIGTERM');
    await gateway?.stop();
    await postgres?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 120_000);

  const submit = async (index: number, teamId: string): Promise<string> => {
    const body = { title: `Split ${index}`, text: `Ann: Number ${index}.\nBob: Thank you.`, teamId };
    const answer = await send(access, 'POST', '/v1/conversations', body, { 'Idempotency-Key': `split-${index}` });
    return z.object({ id: z.string() }).parse(answer.body).id;
  };
  /** Of every definition, in the run that is complete. */
  const outcomesOf = async (id: string): Promise<string[]> => {
    const query = `query ($id: ID!) { conversationInsights(conversationId: $id) {
      run { completedAt } projects { results { outcome } } } }`;
    const { data } = await graphql(access, query, { id });
    const found = z.object({
      conversationInsights: z.object({
        run: z.object({ completedAt: z.string() }),
        projects: z.array(z.object({ results: z.array(z.object({ outcome: z.string() })) })),
      }),
    });
    const { projects } = found.parse(data).conversationInsights;
    return projects.flatMap(({ results }) => results.map(({ outcome }) => outcome));
  };
  const statuses = async (): Promise<string[]> => {
    const { data } = await graphql(access, '{ conversations(first: 100) { edges { node { status turnCount } } } }');
    const list = z.object({
      conversations: z.object({
        edges: z.array(z.object({ node: z.object({ status: z.string(), turnCount: z.number().nullable() }) })),
      }),
    });
    return list.parse(data).conversations.edges.map(({ node }) => `${node.status} ${node.turnCount}`);
  };

  it('brings conversations to their end, and again after workers were killed', async () => {
    const { teamId } = await createProject(access, [{ title: 'Discount', question: { fixed: 'DISCOUNT' } }]);
    const ids = await Promise.all(Array.from({ length: 10 }, (_, index) => submit(index, teamId)));
    await eventually(async () => expect(await statuses()).toEqual(Array(10).fill('COMPLETED 2')), {
      withinMs: 120_000,
    });

    const more = Promise.all(Array.from({ length: 10 }, (_, index) => submit(10 + index, teamId)));
    for (const killed of [workers.ingestion, workers.extraction, workers.insights]) {
      await killed.end('SIGKILL');
      killed.start();
    }
    for (const killed of [workers.ingestion, workers.extraction, workers.insights]) await killed.ready();
    ids.push(...(await more));
    await eventually(async () => expect(await statuses()).toEqual(Array(20).fill('COMPLETED 2')), {
      withinMs: 180_000,
    });
    for (const id of ids) await eventually(async () => expect(await outcomesOf(id)).toEqual(['NOT_DISCUSSED']));
  }, 420_000);

  it('stops every worker in order when told to', async () => {
    for (const worker of Object.values(workers)) expect(await worker.end('SIGTERM')).toBe(0);
  }, 120_000);
});
