import { eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gate } from '../contract-suite/harness.js';
import { createJobsDatabase, definition, newJob, quickRunner } from '../testing/jobs.js';
import { GraphileJobQueue } from './graphile-job-queue.js';

describe('jobs that may take hours', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createJobsDatabase();
  });
  afterAll(() => database.drop());

  it('leave a place for the others, however many of them there are', async () => {
    const queue = new GraphileJobQueue(database.pool);
    const held = gate();
    const [begun, ran]: [string[], string[]] = [[], []];
    const long = definition('test.long', async (tag) => void (begun.push(tag), await held.opened), { isLong: true });
    const short = definition('test.short', async (tag) => void ran.push(tag));
    const runner = quickRunner({ pool: database.pool, definitions: [long, short], concurrency: 2 });
    for (const tag of ['a', 'b', 'c', 'd']) await queue.enqueue(newJob('test.long', tag));
    runner.start();
    try {
      await eventually(() => expect(begun.length).toBeGreaterThanOrEqual(2));
      for (const priority of ['live', 'revision'] as const) {
        await queue.enqueue(newJob('test.short', priority, { priority }));
      }
      await eventually(() => expect(ran.toSorted()).toEqual(['live', 'revision']));
      held.open();
      await eventually(() => expect(begun).toHaveLength(4));
    } finally {
      held.open();
      await runner.stop();
    }
  });
});
