import { startEmbeddedPostgres } from '@harmony/embedded-postgres';
import { createTestDatabase, eventually as ask, type TestDatabase } from '@harmony/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSample, SampleProcess } from '../testing/sample-process.js';

const timeLimit = 120_000;

/** Generous: leases of a killed process run out, and the machine may be busy. */
const eventually: typeof ask = (question) => ask(question, { withinMs: 60_000 });

let database: TestDatabase;
let processes: SampleProcess[] = [];

function start(environment: Readonly<Record<string, string>> = {}): SampleProcess {
  const started = new SampleProcess({ DATABASE_URL: database.url, ...environment });
  processes.push(started);
  return started;
}

const get = async (url: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(url);
  return { status: response.status, text: await response.text() };
};

/** A request that is not answered yet, and has come. */
async function pending(url: string, path: string): Promise<{ readonly answer: ReturnType<typeof get> }> {
  const answer = get(`${url}${path}`);
  answer.catch(() => undefined);
  await eventually(async () => expect((await get(`${url}/under-way`)).text).toBe('1'));
  return { answer };
}

const notes = async (): Promise<string[]> =>
  (await database.pool.query<{ text: string }>('select text from sample.notes')).rows.map(({ text }) => text);

beforeAll(buildSample, timeLimit);
beforeEach(async () => {
  database = await createTestDatabase();
});
async function killAll(): Promise<void> {
  for (const started of processes) await started.stop('SIGKILL');
  processes = [];
}

afterEach(async () => {
  await killAll();
  await database.drop();
}, timeLimit);

describe('a target', () => {
  it(
    'that runs everything carries an event through consumer, job and projection, and is ready by then',
    async () => {
      const running = start();
      const url = await running.ready();
      const { text: correlationId } = await get(`${url}/append/plain`);
      await eventually(async () => expect(await notes()).toEqual([correlationId]));
      expect(await get(`${url}/health/live`)).toMatchObject({ status: 200 });
      const ready = await get(`${url}/health/ready`);
      expect(ready).toMatchObject({ status: 200 });
      const { probes } = JSON.parse(ready.text) as { probes: { name: string }[] };
      expect(probes.map(({ name }) => name).sort()).toEqual(
        ['consumer sample', 'database', 'event store', 'object store', 'projections'].sort(),
      );
      const { text: metrics } = await get(`${url}/metrics`);
      expect(metrics).toMatch(/harmony_consumer_message_seconds_count\{[^}]*consumer="sample"[^}]*\} 1/);
      expect(metrics).toMatch(/harmony_job_seconds_count\{job="sample.take-note"\} 1/);
      expect(metrics).toContain('harmony_events_appended_total 1');
      const lines = running.lines.filter(({ message }) => String(message).startsWith('sample'));
      expect(lines).toMatchObject([{ correlationId }, { correlationId }]);
      expect(await running.stop()).toBe(0);
    },
    timeLimit,
  );

  it(
    'may be one process for each service over one database',
    async () => {
      const gateway = start({ HARMONY_TARGET: 'gateway' });
      const worker = start({ HARMONY_TARGET: 'sample' });
      const [url, workerUrl] = await Promise.all([gateway.ready(), worker.ready()]);
      const { text: correlationId } = await get(`${url}/append/plain`);
      await eventually(async () => expect(await notes()).toEqual([correlationId]));
      expect(await get(`${workerUrl}/health/ready`)).toMatchObject({ status: 200 });
      expect(await get(`${workerUrl}/append/plain`)).toMatchObject({ status: 404 });
      expect(await Promise.all([gateway.stop(), worker.stop('SIGINT')])).toEqual([0, 0]);
    },
    timeLimit,
  );

  it(
    'that does not exist stops the start with the list',
    async () => {
      const running = start({ HARMONY_TARGET: 'sampel', DATABASE_URL: '' });
      expect(await running.exit()).toBe(1);
      expect(running.log).toBe(
        'Harmony did not start. There is no target "sampel". Choose one of: all, gateway, relay, sample.\n',
      );
    },
    timeLimit,
  );

  it(
    'with a wrong configuration says all that is wrong with it, and nothing else',
    async () => {
      const running = start({ HARMONY_PORT: 'x', DATABASE_URL: 'mysql://u:hunter2@h/d' });
      expect(await running.exit()).toBe(1);
      expect(running.log.split('\n')).toEqual([
        'Harmony did not start. The configuration is not valid:',
        '  Set HARMONY_PORT to a whole number from 0 to 65535 (it is "x").',
        '  Set DATABASE_URL to a URL such as postgres://user:password@host:5432/harmony.',
        '',
      ]);
    },
    timeLimit,
  );

  it(
    'whose port is taken says so and leaves nothing running',
    async () => {
      const first = start();
      const port = new URL(await first.ready()).port;
      const second = start({ HARMONY_PORT: port });
      expect(await second.exit()).toBe(1);
      expect(second.log).toContain(`Harmony did not start. Port ${port} is taken by another program.`);
    },
    timeLimit,
  );
});

describe('a process that is told to stop', () => {
  it(
    'is not ready from that moment, finishes the request under way and ends with 0',
    async () => {
      const running = start({ HARMONY_DRAIN_SECONDS: '2' });
      const url = await running.ready();
      const { answer: held } = await pending(url, '/held');
      running.signal('SIGTERM');
      await eventually(async () => {
        expect(await get(`${url}/health/ready`)).toMatchObject({
          status: 503,
          text: expect.stringContaining('"stopping"'),
        });
      });
      expect(await get(`${url}/append/plain`)).toMatchObject({ status: 200 });
      expect(await held).toEqual({ status: 200, text: 'answered while stopping' });
      expect(await running.exit()).toBe(0);
      expect(running.lines.at(-1)).toMatchObject({ message: 'stopped', exitCode: 0 });
    },
    timeLimit,
  );

  it(
    'hands a long job back, and the next process takes it up at once',
    async () => {
      const first = start({ HARMONY_SHUTDOWN_SECONDS: '10' });
      await get(`${await first.ready()}/append/slow`);
      await eventually(() => expect(first.log).toContain('sample job runs'));
      expect(await first.stop()).toBe(0);
      expect(first.log).toContain('a job was handed back');
      const second = start();
      await second.ready();
      await eventually(() => expect(second.log).toContain('sample job runs'));
    },
    timeLimit,
  );

  it(
    'ends at once, with 1, when it is told twice',
    async () => {
      const running = start();
      const url = await running.ready();
      const { answer } = await pending(url, '/stuck');
      const stuck = answer.catch(() => 'cut off');
      running.signal('SIGTERM');
      await eventually(() => expect(get(`${url}/health/live`)).rejects.toThrow());
      expect(await running.stop()).toBe(1);
      expect(await stuck).toBe('cut off');
    },
    timeLimit,
  );

  it(
    'ends at its time limit, with 1, when something is stuck',
    async () => {
      const running = start({ HARMONY_SHUTDOWN_SECONDS: '1' });
      await pending(await running.ready(), '/stuck');
      expect(await running.stop()).toBe(1);
      expect(running.log).toContain('the stop took too long');
    },
    timeLimit,
  );
});

describe('a process goes down rather than look healthy', () => {
  it(
    'when nobody handled a rejection',
    async () => {
      const running = start();
      await get(`${await running.ready()}/reject`).catch(() => undefined);
      expect(await running.exit()).toBe(1);
      expect(running.log).toContain('an error that nobody handled');
    },
    timeLimit,
  );

  it(
    'when its consumer is lost for good',
    async () => {
      const running = start();
      await running.ready();
      await database.pool.query('alter table messaging.checkpoints rename column major to elsewhere');
      // Whoever owns something loses its lock with its connection, and begins again at its checkpoint.
      await database.pool.query(
        "select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database and d.datname = current_database() where l.locktype = 'advisory'",
      );
      expect(await running.exit()).toBe(1);
      expect(running.lines).toContainEqual(
        expect.objectContaining({ level: 'fatal', message: 'the consumer sample is lost; this process ends' }),
      );
    },
    timeLimit,
  );

  it(
    'when its projection is lost for good',
    async () => {
      const running = start();
      const url = await running.ready();
      await database.pool.query('update projections.checkpoints set minor = minor + 1, major = major + 1');
      await get(`${url}/append/plain`).catch(() => undefined);
      expect(await running.exit()).toBe(1);
      expect(running.log).toContain('a projection is lost; this process ends');
    },
    timeLimit,
  );
});

describe('everything embedded', () => {
  let dataDirectory: string;
  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'harmony-runtime-'));
  });
  afterEach(async () => {
    await killAll();
    // Whatever server a killed process left behind is taken over, to be stopped.
    const logger = { info: () => undefined, warn: () => undefined };
    await (await startEmbeddedPostgres({ dataDirectory, logger })).stop();
    await rm(dataDirectory, { recursive: true });
  }, timeLimit);

  it(
    'survives kill -9 of its PostgreSQL: it does not end, and is ready again by itself',
    async () => {
      const running = start({ DATABASE_URL: '', HARMONY_DATA_DIR: dataDirectory });
      const url = await running.ready();
      const started = running.lines.map(({ message }) => /^started postgres pid (\d+)/.exec(String(message))?.[1]);
      process.kill(Number(started.find((pid) => pid !== undefined)), 'SIGKILL');
      await eventually(async () => expect(await get(`${url}/health/ready`)).toMatchObject({ status: 503 }));
      await eventually(async () => expect(await get(`${url}/append/plain`)).toMatchObject({ status: 200 }));
      await eventually(async () => expect(await get(`${url}/health/ready`)).toMatchObject({ status: 200 }));
      expect(await running.stop()).toBe(0);
    },
    timeLimit,
  );

  it(
    'survives kill -9 of Node: the server is adopted, and what was acknowledged is there',
    async () => {
      const environment = { DATABASE_URL: '', HARMONY_DATA_DIR: dataDirectory };
      const first = start(environment);
      const { text: correlationId } = await get(`${await first.ready()}/append/slow`);
      await eventually(() => expect(first.log).toContain('sample job runs'));
      await first.stop('SIGKILL');
      const second = start(environment);
      await second.ready();
      const adoption = second.lines.find(({ message }) => /^adopted postgres pid \d+$/.test(String(message)));
      expect(adoption).toBeDefined();
      await eventually(() =>
        expect(second.lines).toContainEqual(expect.objectContaining({ message: 'sample job runs', correlationId })),
      );
      expect(await second.stop()).toBe(0);
    },
    timeLimit,
  );
});
