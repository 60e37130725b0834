import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far revisions are, as their watch has seen it last; what has ended is in the read model for good. */
export class CreateRevisionProgress1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table revisions.progress (
        revision_id uuid primary key,
        workspace_id uuid not null,
        attempt integer not null,
        completed integer not null,
        completed_with_errors integer not null,
        failed integer not null,
        skipped integer not null,
        settled_now integer not null,
        usage jsonb not null,
        looked_at timestamptz not null,
        updated_at timestamptz not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table revisions.progress');
  }
}
