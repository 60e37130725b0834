import { escapeIdentifier } from 'pg';

/** `"schema"."name"`, safe to put into SQL. */
export const qualified = (schema: string, name: string): string =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;

export const quoted = (name: string): string => escapeIdentifier(name);
