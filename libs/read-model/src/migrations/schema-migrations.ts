import type { MigrationInterface } from 'typeorm';

/** A schema with one owner and its migrations, which run with `search_path` set to it. */
export interface SchemaMigrations {
  readonly schema: string;
  readonly migrations: readonly (new () => MigrationInterface)[];
}
