import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendFunctions } from './append.js';
import { deleteStreamFunction } from './delete-stream.js';
import { horizonFunction } from './horizon.js';
import { tables } from './tables.js';

class CreateEventLog1763700000000 implements MigrationInterface {
  name = 'CreateEventLog1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema if not exists event_store');
    for (const statements of [tables, ...appendFunctions, deleteStreamFunction, horizonFunction]) {
      await runner.query(statements);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function event_store.horizon_lag, event_store.delete_stream, event_store.append,
      event_store.append_one, event_store.find_append`);
    await runner.query('drop table event_store.events, event_store.tombstones');
  }
}

/** The log's tables and functions, for the one runner of migrations. */
export const eventStoreMigrations = { schema: 'event_store', migrations: [CreateEventLog1763700000000] };
