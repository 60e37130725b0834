import pg from 'pg';

/** Values of a statement that grows piece by piece; its text holds none of them. */
export class Parameters {
  readonly values: unknown[];

  /** Those that the statement has already, numbered from 1. */
  constructor(first: readonly unknown[] = []) {
    this.values = [...first];
  }

  /** @returns how the statement names the value. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}

/** COPY takes no parameters: the statement with its values as literals, escaped as Postgres does it. */
export const inlined = (sql: string, values: readonly unknown[]): string =>
  sql.replace(/\$(\d+)/g, (_, number: string) => literal(values[Number(number) - 1]));

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  // No value in Postgres has a NUL, so what has one must not match those that have not.
  return pg.escapeLiteral(text(value).replaceAll('\0', '\ufffd'));
}

function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map(element).join(',')}}`;
  return JSON.stringify(value);
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  return `"${text(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
