import { eventually, startTcpProxy, type TcpProxy, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { GraphileJobQueue } from './graphile-job-queue.js';
import type { GraphileJobRunner } from './graphile-job-runner.js';
import { createJobsDatabase, definition, newJob, quickRunner } from '../testing/jobs.js';

jest.setTimeout(60_000);

/** As after kill -9: from one moment on, nothing of the process reaches Postgres any more. */
interface Mortal {
  readonly pool: pg.Pool;
  kill(): void;
  restore(): void;
  bury(runner: GraphileJobRunner): Promise<void>;
}

async function mortal(url: string): Promise<Mortal> {
  const { hostname, port } = new URL(url);
  const proxy: TcpProxy = await startTcpProxy({ host: hostname, port: Number(port) });
  const proxied = Object.assign(new URL(url), { hostname: proxy.host, port: `${proxy.port}` }).toString();
  const pool = new pg.Pool({ connectionString: proxied, max: 20, connectionTimeoutMillis: 1_000 });
  pool.on('error', () => undefined);
  return {
    pool,
    kill: () => proxy.set({ kind: 'cut' }),
    restore: () => proxy.set({ kind: 'pass' }),
    bury: async (runner) => {
      proxy.set({ kind: 'pass' });
      await runner.stop();
      await pool.end();
      await proxy.close();
    },
  };
}

/** A pool on which the first look that finds a job is answered by an error, although the job was given. */
function losingOneClaim(pool: pg.Pool, code: string): pg.Pool {
  let isLost = false;
  const losing = (client: pg.PoolClient): pg.PoolClient => {
    const query = async (...asked: [pg.QueryConfig]): Promise<pg.QueryResult> => {
      const result = await client.query(...asked);
      const isClaim = result.rows.some((row: object) => 'task_id' in row);
      if (isLost || !isClaim) return result;
      isLost = true;
      throw Object.assign(new Error('The connection broke.'), { code });
    };
    return instead(client, { query });
  };
  return instead(pool, { connect: async () => losing(await pool.connect()) });
}

/** The object, but for some of its methods. */
const instead = <Of extends object>(object: Of, methods: Readonly<Record<string, unknown>>): Of =>
  new Proxy(object, {
    get: (target, name) => {
      const value: unknown = methods[String(name)] ?? Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

describe('jobs when their process dies', () => {
  let database: TestDatabase;
  let queue: GraphileJobQueue;

  beforeAll(async () => {
    // graphile-worker prints a trace of its own for each worker that ends by an outage.
    jest.spyOn(console, 'trace').mockImplementation(() => undefined);
    database = await createJobsDatabase();
    await database.pool.query('create table results (id text primary key, attempt integer)');
    queue = new GraphileJobQueue(database.pool);
  });
  beforeEach(() => database.pool.query('truncate results'));
  afterAll(() => database.drop());

  /** The work of a job as it should be: its result has an id that derives from the job, so that a repetition is harmless. */
  const record = (tag: string, attempt: number): Promise<unknown> =>
    database.pool.query('insert into results values ($1, $2) on conflict do nothing', [tag, attempt]);

  it('run again within seconds after a kill between the work and its commit, with the effect once', async () => {
    const attempts: number[] = [];
    const victim = await mortal(database.url);
    const works = definition('crash.work', async (tag, { attempt }) => {
      attempts.push(attempt);
      await record(tag, attempt);
      if (attempt === 1) victim.kill();
    });
    await queue.enqueue(newJob('crash.work', 'a'));
    const dying = quickRunner({ pool: victim.pool, definitions: [works] });
    dying.start();
    await eventually(() => expect(attempts).toEqual([1]));

    const reaped: number[] = [];
    const survivor = quickRunner({
      pool: database.pool,
      definitions: [works],
      observer: { reaped: (workers) => reaped.push(workers) },
    });
    survivor.start();
    await eventually(() => expect(attempts).toEqual([1, 2]));
    expect(reaped.length).toBeGreaterThan(0);
    const { rows } = await database.pool.query('select id, attempt from results');
    expect(rows).toEqual([{ id: 'a', attempt: 1 }]);
    await eventually(async () => {
      const { rowCount } = await database.pool.query('select 1 from graphile_worker.jobs');
      expect(rowCount).toBe(0);
    });
    await survivor.stop();
    await victim.bury(dying);
  });

  it('survive an outage of the database in the process that runs them: every job ends, each effect once', async () => {
    const victim = await mortal(database.url);
    let outages = 0;
    const works = definition('crash.outage', async (tag, { attempt }) => {
      await record(tag, attempt);
      if (outages < 2 && tag === `${outages * 5}`) {
        outages += 1;
        victim.kill();
      }
    });
    for (let index = 0; index < 20; index += 1) await queue.enqueue(newJob('crash.outage', `${index}`));
    const runner = quickRunner({ pool: victim.pool, definitions: [works], concurrency: 2 });
    runner.start();
    for (const outage of [1, 2]) {
      await eventually(() => expect(outages).toBe(outage));
      victim.restore();
    }
    await eventually(async () => {
      const { rowCount } = await database.pool.query('select 1 from graphile_worker.jobs');
      expect(rowCount).toBe(0);
    });
    const { rowCount } = await database.pool.query('select 1 from results');
    expect(rowCount).toBe(20);
    await victim.bury(runner);
  });

  it.each([
    ['ECONNRESET', 'broke'],
    ['ETIMEDOUT', 'timed out'],
  ])('run soon that were given to a worker before it heard of them: %s', async (code) => {
    const attempts: number[] = [];
    const works = definition(`crash.${code}`, async (_, { attempt }) => void attempts.push(attempt));
    await queue.enqueue(newJob(`crash.${code}`, 'a'));
    const runner = quickRunner({ pool: losingOneClaim(database.pool, code), definitions: [works] });
    runner.start();
    await eventually(() => expect(attempts).toEqual([2]));
    await runner.stop();
  });

  it('leave a job alone whose process lives, however long it runs', async () => {
    const attempts: number[] = [];
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const works = definition('crash.alive', async (_, { attempt }) => {
      attempts.push(attempt);
      await ended;
    });
    await queue.enqueue(newJob('crash.alive', 'a'));
    const owner = quickRunner({ pool: database.pool, definitions: [works] });
    const other = quickRunner({ pool: database.pool, definitions: [works] });
    owner.start();
    await eventually(() => expect(attempts).toEqual([1]));
    other.start();
    const beats = async (): Promise<number> => {
      const sql = 'select count(distinct lock_key)::int as runners from messaging.job_workers where beat_at > $1';
      const { rows } = await database.pool.query<{ runners: number }>(sql, [since]);
      return rows[0]?.runners ?? 0;
    };
    const { rows } = await database.pool.query<{ now: Date }>("select now() + interval '300 ms' as now");
    const since = rows[0]?.now;
    await eventually(async () => expect(await beats()).toBe(2));
    expect(attempts).toEqual([1]);
    end();
    await Promise.all([owner.stop(), other.stop()]);
  });
});
