import { eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createJobsDatabase, newJob } from '../testing/jobs.js';
import { GraphileJobQueue } from './graphile-job-queue.js';
import { tellOfJobs, type JobListener } from './job-notices.js';

describe('notices of jobs', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createJobsDatabase();
  });
  afterAll(() => database.drop());

  function listener(...tasks: string[]) {
    const heard = { enqueued: 0, missed: 0, other: [] as string[] };
    const of: JobListener = {
      tasks: new Set(tasks),
      enqueued: () => (heard.enqueued += 1),
      missed: () => (heard.missed += 1),
      other: ({ channel }) => heard.other.push(channel),
    };
    return { heard, of };
  }

  const listeners = `select pid from pg_stat_activity where datname = current_database() and query like 'listen %'`;
  const connections = async (): Promise<number> => (await database.pool.query(listeners)).rowCount ?? 0;

  it('reach only whoever runs the job, one for each, over one connection that ends with the last of them', async () => {
    // Given two listeners for different tasks
    const queue = new GraphileJobQueue(database.pool);
    const ended = new AbortController();
    const [a, b] = [listener('notices.a', 'notices.a#revision'), listener('notices.b')];
    const told = [tellOfJobs(database.pool, a.of, ended.signal), tellOfJobs(database.pool, b.of, ended.signal)];
    await eventually(() => expect([a.heard.missed, b.heard.missed]).toEqual([1, 1]));
    await eventually(async () => expect(await connections()).toBe(1));
    // When three jobs are enqueued, two of them in one transaction
    const client = await database.pool.connect();
    await client.query('begin');
    await queue.enqueue(newJob('notices.a', 'first'), client);
    await queue.enqueue(newJob('notices.a', 'second', { priority: 'revision' }), client);
    await client.query('commit');
    client.release();
    await queue.enqueue(newJob('notices.b', 'third'));
    await database.pool.query(`select pg_notify('worker:migrate', '{}')`);
    // Then each hears of its own, and both of what is none
    await eventually(() => expect([a.heard.other, b.heard.other]).toEqual([['worker:migrate'], ['worker:migrate']]));
    expect([a.heard.enqueued, b.heard.enqueued]).toEqual([2, 1]);
    // When nobody listens any more
    ended.abort();
    await Promise.all(told);
    await eventually(async () => expect(await connections()).toBe(0));
  });

  it('of a job that is not due yet come when it is, and not at all of one that is far away', async () => {
    const queue = new GraphileJobQueue(database.pool);
    const ended = new AbortController();
    const { heard, of } = listener('notices.due');
    const heardAt: number[] = [];
    const told = tellOfJobs(database.pool, { ...of, enqueued: () => heardAt.push(Date.now()) }, ended.signal);
    await eventually(() => expect(heard.missed).toBe(1));
    const [due, far] = [new Date(Date.now() + 400), new Date(Date.now() + 3_600_000)];
    await queue.enqueue(newJob('notices.due', 'far', { notBefore: far }));
    await queue.enqueue(newJob('notices.due', 'soon', { notBefore: due }));
    await eventually(() => expect(heardAt).toHaveLength(1));
    expect(heardAt[0]).toBeGreaterThanOrEqual(due.getTime() - 1);
    ended.abort();
    await told;
  });

  it('say that some may have been missed when their connection was lost and is there again', async () => {
    const ended = new AbortController();
    const { heard, of } = listener('notices.lost');
    const told = tellOfJobs(database.pool, of, ended.signal);
    await eventually(() => expect(heard.missed).toBe(1));
    await database.pool.query(`select pg_terminate_backend(pid) from (${listeners}) as listening`);
    await eventually(() => expect(heard.missed).toBe(2));
    ended.abort();
    await told;
  });
});
