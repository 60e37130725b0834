import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is needed until a result is recorded: replies that were paid for, and jobs that wait for the budget. Replies
 * have no `workspace_id`, which keeps them out of reach of queries for people.
 */
export class CreateInsightsWork1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table insights.replies (
        conversation_id uuid not null,
        subject text not null,
        key text not null,
        reply jsonb not null,
        created_at timestamptz not null default now(),
        primary key (conversation_id, subject, key)
      )`);
    await runner.query(`
      create table insights.waiting_jobs (
        key text primary key,
        workspace_id uuid not null,
        conversation_id uuid not null,
        name text not null,
        correlation_id text not null,
        priority text not null,
        payload jsonb not null,
        created_at timestamptz not null default now()
      )`);
    await runner.query('create index waiting_jobs_workspace on insights.waiting_jobs (workspace_id, created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table insights.waiting_jobs');
    await runner.query('drop table insights.replies');
  }
}
