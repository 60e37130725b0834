import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Columns as somebody had them in memory, so that the next process need not read a million rows for its first report.
 * Made from the read model, and of no use beside another one: may be emptied at any time.
 */
export class CreateColumnSnapshots1763900200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reporting.column_snapshots (
        workspace_id uuid not null,
        project_id uuid not null,
        moment text not null,
        format text not null,
        generation text not null,
        major bigint not null,
        minor bigint not null,
        content bytea not null,
        made_at timestamptz not null default now(),
        primary key (workspace_id, project_id)
      )`);
    // It is compressed already.
    await runner.query('alter table reporting.column_snapshots alter column content set storage external');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reporting.column_snapshots');
  }
}
