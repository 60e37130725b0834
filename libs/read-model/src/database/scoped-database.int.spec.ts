import { createTestDatabase, eventually, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { migrate } from '../migrations/migrate.js';
import type { Projection } from '../port.js';
import { openDatabase, type Database } from './open-database.js';

jest.setTimeout(60_000);

const [first, second] = [randomUUID(), randomUUID()];

/** Of a projection, most of which is read by each statement. */
const lists: Projection = {
  ...{ name: 'notebook.lists', version: 1, streamPrefixes: [] },
  tables: [
    {
      ...{ name: 'lists', key: ['id'], columns: { id: 'uuid not null', workspace_id: 'uuid not null' } },
      ...{ isReadWhole: true, on: {} },
    },
  ],
};

describe('the scoped database', () => {
  let server: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    server = await createTestDatabase();
    await server.pool.query('create schema notebook');
    await server.pool.query('create table notebook.notes (workspace_id uuid not null, body text not null)');
    await server.pool.query('insert into notebook.notes values ($1, $2), ($3, $4)', [first, 'one', second, 'two']);
    await migrate(server.url, [{ schema: 'notebook', migrations: [] }], [lists]);
    await server.pool.query('insert into notebook.lists values ($1, $1), ($2, $2)', [first, second]);
    database = await openDatabase({ url: server.url, servingConnections: 3 });
  });
  afterAll(async () => {
    await database.close();
    await server.drop();
  });

  const bodies = async (workspace: string, sql = 'select body from notebook.notes'): Promise<unknown[]> =>
    (await database.scoped.query<{ body: string }>(workspace, sql)).map(({ body }) => body);

  it('shows each workspace its own rows, also when many take turns on few connections and some queries fail', async () => {
    const questions = Array.from({ length: 300 }, async (_, index) => {
      const workspace = index % 2 ? first : second;
      if (index % 7 === 0) return expect(bodies(workspace, 'select 1 / 0')).rejects.toThrow('division by zero');
      return expect(await bodies(workspace)).toEqual([index % 2 ? 'one' : 'two']);
    });
    await Promise.all(questions);
  });

  it('says that the read model is rebuilt where a table or column of this version is not there yet', async () => {
    for (const sql of ['select body from notebook.pages', 'select body, title from notebook.notes'])
      await expect(bodies(first, sql)).rejects.toMatchObject({ code: 'READ_MODEL_REBUILDING' });
    expect(await bodies(first)).toEqual(['one']);
  });

  it('shows a workspace without rows, and the serving role without a workspace, nothing', async () => {
    expect(await bodies(randomUUID())).toEqual([]);
    const client = await server.pool.connect();
    await client.query('begin');
    await client.query('set local role harmony_serving');
    expect((await client.query('select * from notebook.notes')).rows).toEqual([]);
    await client.query("select set_config('harmony.workspace_id', '', true)");
    expect((await client.query('select * from notebook.notes')).rows).toEqual([]);
    await client.query('rollback');
    // The control: the superuser passes row-level security by, which is why nothing may be served as that user.
    expect((await client.query('select * from notebook.notes')).rows).toHaveLength(2);
    client.release();
  });

  it('shows each workspace its own rows of a table that is read whole', async () => {
    const ids = (workspace: string): Promise<unknown[]> => bodies(workspace, 'select id as body from notebook.lists');
    expect(await ids(first)).toEqual([first]);
    expect(await ids(second)).toEqual([second]);
    expect(await ids(randomUUID())).toEqual([]);
    const policy = `select qual from pg_policies where tablename = 'lists' and 'harmony_serving' = any(roles)`;
    expect((await server.pool.query<{ qual: string }>(policy)).rows[0]?.qual).toContain('SELECT');
  });

  it('does not let a reader write', async () => {
    await expect(bodies(first, "update notebook.notes set body = 'x' returning body")).rejects.toThrow(
      'permission denied',
    );
  });

  it('refuses a workspace that is none', async () => {
    await expect(bodies('')).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('gives the worker role every row and refuses it changes of tables', async () => {
    expect((await database.worker.query('select * from notebook.notes')).rows).toHaveLength(2);
    await expect(database.worker.query('drop table notebook.notes')).rejects.toThrow('must be owner');
  });

  it('goes on when a table gets other columns under a statement that it has asked before', async () => {
    await server.pool.query('create table notebook.swapped (workspace_id uuid, body integer)');
    await migrate(server.url, [{ schema: 'notebook', migrations: [] }]);
    const sql = 'select body from notebook.swapped';
    for (let count = 0; count < 10; count += 1) expect(await bodies(first, sql)).toEqual([]);
    await server.pool.query('alter table notebook.swapped alter column body type text');
    await server.pool.query("insert into notebook.swapped values ($1, 'new')", [first]);
    for (let count = 0; count < 10; count += 1) expect(await bodies(first, sql)).toEqual(['new']);
  });

  it('limits the time of statements and transactions on both pools', async () => {
    const names = ['statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout', 'lock_timeout'];
    const sql = "select name, setting from pg_settings where name = any(string_to_array($1, ',')) and setting = '0'";
    expect((await database.worker.query(sql, [names.join()])).rows).toEqual([]);
    expect(await database.scoped.query(first, sql, [names.join()])).toEqual([]);
  });

  it('answers DATABASE_UNAVAILABLE while its connections are cut, then works again by itself', async () => {
    const running = bodies(first, 'select pg_sleep(30)::text as body');
    const outcome = expect(running).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await eventually(async () => {
      const { rowCount } = await server.pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like '%pg_sleep(30)%' and pid <> pg_backend_pid()",
      );
      expect(rowCount).toBeGreaterThan(0);
    });
    await outcome;
    expect(await bodies(first)).toEqual(['one']);
  });
});
