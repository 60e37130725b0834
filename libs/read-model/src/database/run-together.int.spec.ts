import { createTestDatabase, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { runTogether } from './run-together.js';

describe('statements that run together', () => {
  let database: TestDatabase;
  let client: PoolClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = await database.pool.connect();
    await client.query('create table items (name text primary key)');
  });
  afterAll(async () => {
    client.release();
    await database.drop();
  });

  const insert = (name: string | null) =>
    ({ text: 'insert into items (name) values ($1)', values: [name], prepare: true }) as const;
  const names = async (): Promise<unknown[]> =>
    (await client.query('select name from items order by name')).rows.map(({ name }: { name: string }) => name);
  const preparations = async (): Promise<unknown> =>
    (await client.query(`select 1 from pg_prepared_statements where statement like 'insert into items%'`)).rowCount;

  it('give each its own rows, as text, and see what came before', async () => {
    const outcomes = await runTogether(client, [
      insert('a'),
      insert('b'),
      { text: 'select name, length(name), null from items order by name' },
      { text: 'delete from items' },
    ]);
    const [first, , found, removed] = outcomes;
    expect(first).toEqual({ rows: [], count: 1 });
    expect(found?.rows).toEqual([
      ['a', '1', null],
      ['b', '1', null],
    ]);
    expect(removed?.count).toBe(2);
  });

  it('end at the first that fails, with nothing done, and the connection goes on', async () => {
    // Given one that has been prepared in a round that fails, and one that was prepared before
    const failing = { text: 'insert into items (name) select $1 from items', values: ['x'], prepare: true } as const;
    const rounds = [insert('c'), failing, insert('c')];
    await expect(runTogether(client, rounds)).rejects.toMatchObject({ code: '23505' });
    expect(await names()).toEqual([]);
    // Then both run again
    await runTogether(client, [insert('d'), failing].slice(0, 1));
    await expect(runTogether(client, [insert(null)])).rejects.toMatchObject({ code: '23502' });
    expect(await names()).toEqual(['d']);
    await client.query('delete from items');
    await runTogether(client, [failing, insert('e')]);
    expect(await names()).toEqual(['e']);
  });

  it('stand in a transaction of their own words, and after its commit in another', async () => {
    await runTogether(client, [{ text: 'begin' }, insert('f')]);
    await client.query('rollback');
    expect(await names()).toEqual(['e']);
    await runTogether(client, [{ text: 'begin' }, insert('g'), { text: 'commit' }, { text: 'select 1' }]);
    expect(await names()).toEqual(['e', 'g']);
  });

  it('are prepared once a connection where they want to be', async () => {
    await runTogether(client, [insert('h'), insert('i')]);
    await runTogether(client, [insert('j')]);
    expect(await preparations()).toBe(2);
  });

  it('fail when their connection is lost', async () => {
    const lost = await database.pool.connect();
    lost.on('error', () => undefined);
    const end = { text: 'select pg_terminate_backend(pg_backend_pid())' };
    await expect(runTogether(lost, [end, { text: 'select pg_sleep(60)' }])).rejects.toThrow();
    lost.release(true);
  });
});
