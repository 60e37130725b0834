import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replies without `workspace_id`, which keeps them out of reach of queries for people. */
export class CreateReplies1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table extraction.replies (
        conversation_id uuid not null,
        key text not null,
        reply jsonb not null,
        created_at timestamptz not null default now(),
        primary key (conversation_id, key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table extraction.replies');
  }
}

/** Replies of a revision's run are forgotten with that run, and those of the conversation itself with its extraction. */
export class AddWorkToReplies1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table extraction.replies
        add column work text not null default 'OWN',
        drop constraint replies_pkey,
        add primary key (conversation_id, work, key)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from extraction.replies where work <> 'OWN'`);
    await runner.query(`
      alter table extraction.replies
        drop constraint replies_pkey,
        add primary key (conversation_id, key),
        drop column work`);
  }
}
