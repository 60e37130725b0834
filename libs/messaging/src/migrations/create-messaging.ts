import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Checkpoints, inbox and dead letters of consumers; workers and failures of jobs. */
export class CreateMessaging1760000000000 implements MigrationInterface {
  readonly name = 'CreateMessaging1760000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema messaging cascade');
  }
}

const statements = [
  'create schema if not exists messaging',
  // Both numbers are unsigned 64-bit integers in the store's log.
  `create table messaging.checkpoints (
     consumer text primary key,
     major numeric(20) not null,
     minor numeric(20) not null,
     updated_at timestamptz not null default now())`,
  `create table messaging.inbox (
     consumer text not null,
     event_id uuid not null,
     handled_at timestamptz not null default now(),
     primary key (consumer, event_id))`,
  'create index inbox_by_age on messaging.inbox using brin (handled_at)',
  // json and not jsonb: a message is kept to the letter, with escapes that jsonb refuses.
  `create table messaging.dead_letters (
     sequence bigint generated always as identity primary key,
     consumer text not null,
     key text not null,
     message_id text not null,
     event_id text,
     event_type text,
     origin text not null,
     raw json not null,
     parks boolean not null,
     state text not null check (state in ('dead', 'waiting', 'requested', 'handled', 'discarded')),
     cause_code text not null,
     cause_detail text not null,
     attempts integer not null,
     first_failed_at timestamptz not null,
     last_failed_at timestamptz not null,
     requested_by text,
     resolved_at timestamptz,
     resolved_by text,
     note text,
     unique (consumer, message_id))`,
  `create index dead_letters_unresolved on messaging.dead_letters (consumer, key, sequence)
     where state in ('dead', 'waiting', 'requested')`,
  // Parked keys by name, so that an operator sees them without knowing the rule.
  `create view messaging.parked with (security_invoker = true) as
     select consumer, key, min(sequence) as first_letter, count(*) as letters, min(first_failed_at) as since
       from messaging.dead_letters
      where parks and state in ('dead', 'waiting', 'requested')
      group by consumer, key`,
  `create table messaging.job_workers (
     worker_id text primary key,
     lock_key bigint not null,
     beat_at timestamptz not null default now())`,
  `create table messaging.failed_jobs (
     job_id bigint primary key,
     name text not null,
     key text,
     payload json not null,
     cause_code text not null,
     cause_detail text not null,
     attempts integer not null,
     failed_at timestamptz not null default now(),
     announced_at timestamptz)`,
  'create index failed_jobs_by_name on messaging.failed_jobs (name)',
];
