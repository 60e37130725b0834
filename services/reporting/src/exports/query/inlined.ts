import pg from 'pg';

/**
 * COPY takes no parameters: the statement with its values as literals, escaped as Postgres does it. Its own text must
 * not hold values.
 */
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
