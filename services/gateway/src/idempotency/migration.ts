import type { MigrationInterface, QueryRunner } from 'typeorm';

/** First answers of mutating REST calls, so that a repeat with the same Idempotency-Key gets the same answer. */
export class CreateIdempotencyKeys1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table idempotency_keys (
        workspace_id uuid not null,
        route text not null,
        key text not null,
        request_sha256 text not null,
        locked_until timestamptz,
        status integer,
        body jsonb,
        created_at timestamptz not null default now(),
        primary key (workspace_id, route, key)
      )`);
    await runner.query('create index idempotency_keys_created_at on idempotency_keys (created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency_keys');
  }
}

export const gatewayMigrations = { schema: 'gateway', migrations: [CreateIdempotencyKeys1763700000000] };
