import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far exports are that are being written; a row lives as long as somebody writes. */
export class CreateExportProgress1763900100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reporting.export_progress (
        export_id uuid primary key,
        workspace_id uuid not null,
        rows_done bigint not null,
        rows_total bigint not null,
        updated_at timestamptz not null default now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table reporting.export_progress');
  }
}
