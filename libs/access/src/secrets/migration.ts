import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the log must never hold. The tables without `workspace_id` are out of reach for the serving role, on purpose:
 * a query for people can never return a hash or a signing key.
 */
export class CreateAccessSecrets1763700100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table access.peppers (
        name text primary key,
        value bytea not null
      )`);
    await runner.query(`
      create table access.api_key_secrets (
        api_key_id uuid primary key,
        hash bytea not null unique
      )`);
    await runner.query(`
      create table access.api_key_usage (
        api_key_id uuid primary key,
        workspace_id uuid not null,
        last_used_at timestamptz not null
      )`);
    await runner.query(`
      create table access.passwords (
        user_id uuid primary key,
        salt bytea not null,
        hash bytea not null,
        cost integer not null,
        block_size integer not null,
        parallelization integer not null,
        changed_at timestamptz not null default now()
      )`);
    await runner.query(`
      create table access.signing_keys (
        kid text primary key,
        algorithm text not null,
        private_jwk jsonb not null,
        public_jwk jsonb not null,
        created_at timestamptz not null default now()
      )`);
    await runner.query(`
      create unlogged table access.rate_limits (
        key varchar(255) primary key,
        points integer not null default 0,
        expire bigint
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['rate_limits', 'signing_keys', 'passwords', 'api_key_usage', 'api_key_secrets', 'peppers']) {
      await runner.query(`drop table access.${table}`);
    }
  }
}

export const accessMigrations = { schema: 'access', migrations: [CreateAccessSecrets1763700100000] };
