import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { SchemaMigrations } from './schema-migrations.js';

/** Checkpoints, parked streams and replays. */
class CreateProjectionBookkeeping1760000000000 implements MigrationInterface {
  name = 'CreateProjectionBookkeeping1760000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table checkpoints (
        name text primary key,
        version integer not null,
        -- Grows with each swap, so that a running projector notices that its tables were exchanged.
        generation bigint not null default 1,
        tables text[] not null,
        major numeric(20) not null default 0,
        minor numeric(20) not null default 0,
        events bigint not null default 0,
        unknown_events bigint not null default 0,
        rate real not null default 0,
        state text not null default 'waiting',
        cause text,
        owner uuid,
        heartbeat timestamptz,
        updated_at timestamptz not null default now()
      ) with (fillfactor = 50)`);
    await runner.query(`
      create table parked (
        projection text not null,
        stream_id text not null,
        revision integer not null,
        major numeric(20) not null,
        minor numeric(20) not null,
        event_id text not null,
        event_type text not null,
        code text not null,
        cause text not null,
        waiting bigint not null default 0,
        parked_at timestamptz not null default now(),
        primary key (projection, stream_id)
      )`);
    await runner.query(`
      create table replays (
        projection text primary key,
        kind text not null,
        state text not null,
        start_major numeric(20) not null,
        start_minor numeric(20) not null,
        major numeric(20) not null,
        minor numeric(20) not null,
        target_major numeric(20) not null,
        target_minor numeric(20) not null,
        events bigint not null,
        rate real not null,
        cause text,
        started_at timestamptz not null,
        updated_at timestamptz not null
      ) with (fillfactor = 50)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table replays, parked, checkpoints');
  }
}

/** SQLSTATE of a checkpoint that is not where its mover saw it. */
export const checkpointConflict = 'HC409';

/** Moves a checkpoint or fails, so that a commit can be sent along without waiting for what comes of it. */
class CreateAdvance1763750000000 implements MigrationInterface {
  name = 'CreateAdvance1763750000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function advance(
        projection text, its_owner uuid, its_generation bigint, from_major numeric, from_minor numeric,
        to_major numeric, to_minor numeric, more_events bigint, more_unknown_events bigint, new_rate real)
      returns void language plpgsql as $$
      begin
        update projections.checkpoints
           set major = to_major, minor = to_minor, events = events + more_events,
               unknown_events = unknown_events + more_unknown_events, rate = new_rate,
               heartbeat = now(), updated_at = now()
         where name = projection and owner = its_owner and generation = its_generation
           and major = from_major and minor = from_minor;
        if not found then
          raise exception 'The checkpoint of % is somewhere else.', projection using errcode = '${checkpointConflict}';
        end if;
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function advance');
  }
}

export const bookkeeping: SchemaMigrations = {
  schema: 'projections',
  migrations: [CreateProjectionBookkeeping1760000000000, CreateAdvance1763750000000],
};
