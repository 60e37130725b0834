import { HarmonyError } from '@harmony/contracts';
import { eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { gate } from '../contract-suite/harness.js';
import type { JobDefinition } from '../jobs-port.js';
import { GraphileJobQueue } from './graphile-job-queue.js';
import type { GraphileJobRunner, JobRunnerOptions } from './graphile-job-runner.js';
import { jobStatistics } from './statistics.js';
import { createJobsDatabase, definition, makeRetriesDue, newJob, quickRunner } from '../testing/jobs.js';

jest.setTimeout(60_000);

/** No worker is kept for anybody. */
const onlyGeneral = { liveConcurrency: 0, revisionConcurrency: 0 };

describe('jobs', () => {
  let database: TestDatabase;
  let queue: GraphileJobQueue;
  const runners: GraphileJobRunner[] = [];

  beforeAll(async () => {
    database = await createJobsDatabase();
    queue = new GraphileJobQueue(database.pool);
  });
  beforeEach(async () => {
    await database.pool.query('delete from graphile_worker._private_jobs');
    await database.pool.query('delete from messaging.failed_jobs');
  });
  afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.stop())));
  afterAll(() => database.drop());

  function start(definitions: JobDefinition[], options: Partial<JobRunnerOptions> = {}): GraphileJobRunner {
    const runner = quickRunner({ pool: database.pool, definitions, ...options });
    runners.push(runner);
    runner.start();
    return runner;
  }

  const statistics = async (name: string): Promise<unknown> =>
    (await jobStatistics(database.pool)).find((each) => each.name === name);

  it('runs a job with its payload and context', async () => {
    const seen: unknown[] = [];
    await queue.enqueue(newJob('test.run', 'a', { workspaceId: 'w' }));
    start([
      definition('test.run', async (tag, { workspaceId, correlationId, attempt, lastAttempt }) => {
        seen.push({ tag, workspaceId, correlationId, attempt, lastAttempt });
      }),
    ]);
    await eventually(() =>
      expect(seen).toEqual([
        { tag: 'a', workspaceId: 'w', correlationId: 'correlation of a', attempt: 1, lastAttempt: false },
      ]),
    );
    await eventually(async () => expect(await statistics('test.run')).toBeUndefined());
  });

  it('exists exactly when the transaction that it was enqueued in commits', async () => {
    const ran: string[] = [];
    const client = await database.pool.connect();
    try {
      await client.query('begin');
      await queue.enqueue(newJob('test.transaction', 'rolled back'), client);
      await client.query('rollback');
      await client.query('begin');
      await queue.enqueue(newJob('test.transaction', 'committed'), client);
      await client.query('commit');
    } finally {
      client.release(true);
    }
    start([definition('test.transaction', async (tag) => void ran.push(tag))]);
    await eventually(() => expect(ran).toEqual(['committed']));
  });

  it('comes with others in one statement: each once, in its turn, and all of them or none', async () => {
    const ran: string[] = [];
    const jobs = Array.from({ length: 200 }, (_, index) => newJob('test.many', `${index}`, { priority: 'revision' }));
    const broken = newJob('test.many', 'broken', { payload: { tag: '\u0000' } });
    await queue.enqueueAll([]);
    await expect(queue.enqueueAll([...jobs, broken])).rejects.toThrow();
    const live = newJob('test.many', 'live');
    // Given that one of them waits already, and that one is named twice
    await queue.enqueueAll(jobs.slice(0, 1));
    await queue.enqueueAll([...jobs, ...jobs.slice(0, 1), live, newJob('test.many', 'other', { workspaceId: 'two' })]);
    start([definition('test.many', async (tag) => void ran.push(tag))], { concurrency: 1, ...onlyGeneral });
    await eventually(() => expect(ran).toHaveLength(202));
    // Then what is live goes before, of each workspace, and re-runs in their order
    expect(ran.slice(0, 2).sort()).toEqual(['live', 'other']);
    expect(ran.slice(2)).toEqual(jobs.map((_, index) => `${index}`));
  });

  it('is one job for equal keys while it waits and while it runs, and another one afterwards', async () => {
    const ran: string[] = [];
    const held = gate();
    const job = newJob('test.key', 'x', { key: 'same' });
    await queue.enqueue(job);
    await queue.enqueue(job);
    start([
      definition('test.key', async (tag) => {
        ran.push(tag);
        await held.opened;
      }),
    ]);
    await eventually(() => expect(ran).toEqual(['x']));
    await queue.enqueue(job);
    held.open();
    await eventually(async () => expect(await statistics('test.key')).toBeUndefined());
    expect(ran).toEqual(['x']);
    await queue.enqueue(job);
    await eventually(() => expect(ran).toEqual(['x', 'x']));
  });

  it('leaves a job alone until it is due', async () => {
    const ran: string[] = [];
    await queue.enqueue({ ...newJob('test.due', 'later'), notBefore: new Date(Date.now() + 3_600_000) });
    await queue.enqueue({ ...newJob('test.due', 'due'), notBefore: new Date(Date.now() - 1_000) });
    start([definition('test.due', async (tag) => void ran.push(tag))]);
    await eventually(() => expect(ran).toEqual(['due']));
    await makeRetriesDue(database);
    await eventually(() => expect(ran).toEqual(['due', 'later']));
  });

  it('tries again until it succeeds, within its attempts', async () => {
    const attempts: [number, boolean][] = [];
    await queue.enqueue(newJob('test.retry', 'a'));
    start([
      definition('test.retry', async (_, { attempt, lastAttempt }) => {
        attempts.push([attempt, lastAttempt]);
        if (attempt < 3) throw new HarmonyError('STORE_UNAVAILABLE');
      }),
    ]);
    await eventually(async () => {
      await makeRetriesDue(database);
      expect(attempts).toEqual([
        [1, false],
        [2, false],
        [3, true],
      ]);
    });
    await eventually(async () => expect(await statistics('test.retry')).toBeUndefined());
  });

  it('tells its definition once when the last attempt failed, and keeps the failure', async () => {
    const told: unknown[] = [];
    await queue.enqueue(newJob('test.fail', 'a'));
    const run = async (): Promise<void> => {
      throw new TypeError('broken');
    };
    start([
      definition('test.fail', run, {
        attempts: 2,
        failed: async (payload, error, { attempt, lastAttempt }) => {
          told.push([payload, (error as Error).message, attempt, lastAttempt]);
        },
      }),
    ]);
    await eventually(async () => {
      await makeRetriesDue(database);
      expect(await statistics('test.fail')).toEqual({ name: 'test.fail', waiting: 0, running: 0, failed: 1 });
    });
    expect(told).toEqual([[{ tag: 'a' }, 'broken', 2, true]]);
  });

  it('announces a failure again when announcing it failed, without running the job again', async () => {
    const ran: number[] = [];
    const told: string[] = [];
    await queue.enqueue(newJob('test.announce', 'a'));
    const run = async (_: string, { attempt }: { attempt: number }): Promise<void> => {
      ran.push(attempt);
      throw new HarmonyError('OBJECT_NOT_FOUND');
    };
    start([
      definition('test.announce', run, {
        failed: async (_, error) => {
          told.push((error as HarmonyError).code);
          if (told.length === 1) throw new HarmonyError('STORE_UNAVAILABLE');
        },
      }),
    ]);
    await eventually(async () => {
      await makeRetriesDue(database);
      expect(told).toEqual(['OBJECT_NOT_FOUND', 'OBJECT_NOT_FOUND']);
    });
    expect(ran).toEqual([1]);
  });

  it('fails poison and a payload that does not fit at once, without running the latter', async () => {
    const ran: string[] = [];
    await queue.enqueue(newJob('test.poison', 'poison'));
    await queue.enqueue(newJob('test.poison', 'misfit', { payload: { tag: 7 } }));
    start([
      definition('test.poison', async (tag) => {
        ran.push(tag);
        throw new HarmonyError('OBJECT_NOT_FOUND');
      }),
    ]);
    await eventually(async () => expect(await statistics('test.poison')).toMatchObject({ failed: 2, waiting: 0 }));
    expect(ran).toEqual(['poison']);
    const { rows } = await database.pool.query('select cause_code from messaging.failed_jobs order by job_id');
    expect(rows).toEqual([{ cause_code: 'OBJECT_NOT_FOUND' }, { cause_code: 'INVALID_JOB_PAYLOAD' }]);
  });

  it('ends a job at its time limit by its signal, and one that does not heed it, too', async () => {
    const errors: unknown[] = [];
    await queue.enqueue(newJob('test.limit', 'heeds'));
    await queue.enqueue(newJob('test.limit', 'ignores'));
    const run = (tag: string, { signal }: { signal: AbortSignal }): Promise<void> =>
      new Promise((_, reject) => {
        if (tag === 'heeds') signal.addEventListener('abort', () => reject(new Error('heeded')));
      });
    start([
      definition('test.limit', run, {
        attempts: 1,
        timeLimitMs: 20,
        failed: async (_, error) => void errors.push((error as HarmonyError).code),
      }),
    ]);
    await eventually(() => expect(errors).toEqual(['TIMED_OUT', 'TIMED_OUT']));
  });

  it('hands a running job back on shutdown, its attempt uncounted, and another runner runs it at once', async () => {
    const attempts: number[] = [];
    const handedBack: string[] = [];
    await queue.enqueue(newJob('test.hand-back', 'a'));
    const waits = definition(
      'test.hand-back',
      (_, { attempt, signal }) =>
        new Promise((__, reject) => {
          attempts.push(attempt);
          signal.addEventListener('abort', () => reject(new Error('stopped')));
        }),
    );
    const first = start([waits], { observer: { handedBack: (name) => handedBack.push(name) } });
    await eventually(() => expect(attempts).toEqual([1]));
    await first.stop();
    expect(handedBack).toEqual(['test.hand-back']);
    start([definition('test.hand-back', async (_, { attempt }) => void attempts.push(attempt))]);
    await eventually(() => expect(attempts).toEqual([1, 1]));
  });

  it('lets a job that is nearly done finish on shutdown', async () => {
    const held = gate();
    const done: string[] = [];
    await queue.enqueue(newJob('test.finish', 'a'));
    const runner = start(
      [
        definition('test.finish', async (tag) => {
          done.push('begun');
          await held.opened;
          done.push(tag);
        }),
      ],
      { drainMs: 30_000 },
    );
    await eventually(() => expect(done).toEqual(['begun']));
    const stopped = runner.stop();
    held.open();
    await stopped;
    expect(done).toEqual(['begun', 'a']);
    expect(await statistics('test.finish')).toBeUndefined();
  });

  it('refuses two definitions of one name', () => {
    const twice = quickRunner({
      pool: database.pool,
      definitions: [definition('test.twice', async () => undefined), definition('test.twice', async () => undefined)],
    });
    expect(() => twice.start()).toThrow('Two jobs are called test.twice.');
  });

  describe('the order', () => {
    const order = async (jobs: ReturnType<typeof newJob>[], options: Partial<JobRunnerOptions>): Promise<string[]> => {
      const ran: string[] = [];
      for (const job of jobs) await queue.enqueue(job);
      start([definition('test.order', async (tag) => void ran.push(tag))], {
        concurrency: 1,
        liveConcurrency: 0,
        ...options,
      });
      await eventually(() => expect(ran).toHaveLength(jobs.length));
      return ran;
    };
    const flood = (workspaceId: string, count: number, more = {}): ReturnType<typeof newJob>[] =>
      Array.from({ length: count }, (_, index) =>
        newJob('test.order', `${workspaceId} ${index}`, { workspaceId, ...more }),
      );

    it('does not let a workspace that floods the queue hold up another one', async () => {
      const ran = await order([...flood('flood', 40), ...flood('small', 2)], {});
      expect(ran.indexOf('small 0')).toBeLessThanOrEqual(2);
      expect(ran.indexOf('small 1')).toBeLessThanOrEqual(4);
      const flooded = ran.filter((tag) => tag.startsWith('flood'));
      expect(flooded).toEqual(flood('flood', 40).map(({ payload }) => (payload as { tag: string }).tag));
    });

    it('does not let many small workspaces starve the end of a flood', async () => {
      const jobs = [...flood('flood', 5), ...flood('a', 10), ...flood('b', 10)];
      const ran = await order(jobs, {});
      expect(ran.indexOf('flood 4')).toBeLessThanOrEqual(15);
    });

    it('runs live work before re-runs', async () => {
      const revisions = flood('again', 5, { priority: 'revision' });
      const ran = await order([...revisions, ...flood('live', 5)], { revisionConcurrency: 0 });
      expect(ran.slice(0, 5)).toEqual(flood('live', 5).map(({ payload }) => (payload as { tag: string }).tag));
    });

    it('keeps workers for re-runs, so that live work cannot starve them', async () => {
      const held = gate();
      const ran: string[] = [];
      for (const job of flood('live', 3)) await queue.enqueue(job);
      for (const job of flood('again', 1, { priority: 'revision' })) await queue.enqueue(job);
      start(
        [
          definition('test.order', async (tag) => {
            ran.push(tag);
            if (tag.startsWith('live')) await held.opened;
          }),
        ],
        { concurrency: 1, liveConcurrency: 0, revisionConcurrency: 1 },
      );
      await eventually(() => expect([...ran].sort()).toEqual(['again 0', 'live 0']));
      held.open();
      await eventually(() => expect(ran).toHaveLength(4));
    });

    it('keeps a worker for live work, so that it need not wait until a re-run ends', async () => {
      const held = gate();
      const ran: string[] = [];
      for (const job of flood('again', 5, { priority: 'revision' })) await queue.enqueue(job);
      start(
        [
          definition('test.order', async (tag) => {
            ran.push(tag);
            if (tag.startsWith('again')) await held.opened;
          }),
        ],
        { concurrency: 2, revisionConcurrency: 1 },
      );
      await eventually(() => expect(ran).toHaveLength(3));
      for (const job of flood('live', 3)) await queue.enqueue(job);
      await eventually(() => expect(ran.slice(3)).toEqual(['live 0', 'live 1', 'live 2']));
      held.open();
      await eventually(() => expect(ran).toHaveLength(8));
    });
  });
});
