import { createTestDatabase, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { migrateMessaging } from '../migrations/testing.js';
import { Inbox } from './inbox.js';

jest.setTimeout(60_000);

describe('the inbox', () => {
  let database: TestDatabase;
  let inbox: Inbox;
  let id: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrateMessaging(database.pool);
    await database.pool.query('create table effects (id text)');
    inbox = new Inbox(database.pool, 'consumer');
  });
  beforeEach(() => {
    id = randomUUID();
  });
  afterAll(() => database.drop());

  const effect = (): Promise<boolean> =>
    inbox.once(id, async (transaction) => {
      await transaction.query('insert into effects values ($1)', [id]);
    });
  const effects = async (): Promise<number | null> =>
    (await database.pool.query('select 1 from effects where id = $1', [id])).rowCount;

  it('lets the work be done once, however many try at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 8 }, effect));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
    expect(await effect()).toBe(false);
    expect(await effects()).toBe(1);
  });

  it('forgets the mark together with work that failed', async () => {
    const failing = inbox.once(id, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await inbox.has(id)).toBe(false);
    expect(await effect()).toBe(true);
  });

  it('marks many at once, and twice without harm', async () => {
    const ids = Array.from({ length: 100 }, () => randomUUID());
    await inbox.mark(ids.slice(0, 60));
    await Promise.all([inbox.mark(ids), inbox.mark(ids)]);
    expect(await Promise.all(ids.map((each) => inbox.has(each)))).toEqual(ids.map(() => true));
    expect(await inbox.has(id)).toBe(false);
  });

  it('keeps consumers apart', async () => {
    await inbox.mark([id]);
    expect(await new Inbox(database.pool, 'another').has(id)).toBe(false);
  });

  it('marks all or none', async () => {
    await expect(inbox.mark([id, 'not a uuid'])).rejects.toThrow('uuid');
    expect(await inbox.has(id)).toBe(false);
  });
});
