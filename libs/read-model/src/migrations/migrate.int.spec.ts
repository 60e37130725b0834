import { createTestDatabase, type TestDatabase } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { connect } from '../database/open-database.js';
import { migrate } from './migrate.js';
import type { SchemaMigrations } from './schema-migrations.js';

jest.setTimeout(60_000);

class CreateNotes1700000000000 implements MigrationInterface {
  name = 'CreateNotes1700000000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table notes (id uuid primary key, workspace_id uuid not null, body text)');
    await runner.query('create table secrets (id bigint generated always as identity primary key, body text)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notes, secrets');
  }
}

const notebook: SchemaMigrations = { schema: 'notebook', migrations: [CreateNotes1700000000000] };

describe('migrate', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(database.url, [notebook]);
  });
  afterAll(() => database.drop());

  it('applies each migration once, however often and from however many processes it runs', async () => {
    await Promise.all([migrate(database.url, [notebook]), migrate(database.url, [notebook])]);
    const { rows } = await database.pool.query('select name from notebook.migrations');
    expect(rows).toEqual([{ name: 'CreateNotes1700000000000' }]);
  });

  it('sets up two databases of one server at the same time, although roles belong to the server', async () => {
    const others = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()]);
    await Promise.all(others.map(({ url }) => migrate(url, [notebook])));
    await Promise.all(others.map((other) => other.drop()));
  });

  it('forces row-level security on every table that has a workspace', async () => {
    const { rows } = await database.pool.query(
      `select relname, relrowsecurity, relforcerowsecurity from pg_class
        where relnamespace = 'notebook'::regnamespace and relname in ('notes', 'secrets') order by relname`,
    );
    expect(rows).toEqual([
      { relname: 'notes', relrowsecurity: true, relforcerowsecurity: true },
      { relname: 'secrets', relrowsecurity: false, relforcerowsecurity: false },
    ]);
  });

  it('gives the worker every table and the serving role only those of a workspace, to read', async () => {
    const { rows } = await database.pool.query(
      `select role, name, privilege, has_table_privilege(role, 'notebook.' || name, privilege) as granted
         from unnest(array['harmony_worker', 'harmony_serving']) role, unnest(array['notes', 'secrets']) name,
              unnest(array['select', 'insert', 'delete']) privilege`,
    );
    const granted = rows.filter((row) => row.granted).map((row) => `${row.role} ${row.privilege} ${row.name}`);
    expect(granted.sort()).toEqual([
      'harmony_serving select notes',
      'harmony_worker delete notes',
      'harmony_worker delete secrets',
      'harmony_worker insert notes',
      'harmony_worker insert secrets',
      'harmony_worker select notes',
      'harmony_worker select secrets',
    ]);
  });

  it('says what to ask the administrator for when the user may not create the roles', async () => {
    const admin = await connect({ connectionString: database.url });
    const user = `plain_${process.pid}`;
    await admin.query(`create role ${user} login password 'plain'`);
    const url = Object.assign(new URL(database.url), { username: user, password: 'plain' }).toString();
    await expect(migrate(url, [])).rejects.toMatchObject({
      code: 'INVALID_CONFIGURATION',
      message: expect.stringContaining('create role harmony_worker nologin'),
    });
    await admin.query(`drop role ${user}`);
    await admin.end();
  });

  it('says in one clear error that nobody answers', async () => {
    await expect(migrate('postgres://nobody@127.0.0.1:1/nothing', [])).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
  });
});
