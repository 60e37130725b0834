import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { finished } from 'node:stream/promises';
import { quoted } from '../database/identifiers.js';
import type { Column } from '../fold/column.js';
import type { CompiledTable } from '../fold/compiled-table.js';
import type { Row } from '../port.js';

/** Inserts rows that are known to be new, by COPY, as one statement. */
export async function copyRows(client: pg.Client, table: CompiledTable, rows: readonly Row[]): Promise<void> {
  const columns = table.columns.map(({ name }) => quoted(name)).join(', ');
  const copy = client.query(copyFrom(`copy ${table.target} (${columns}) from stdin`));
  copy.end(rows.map((row) => copyLine(table.columns, row)).join(''));
  await finished(copy);
}

/** One line of COPY's text format. */
export const copyLine = (columns: readonly Column[], row: Row): string =>
  `${columns.map(({ name, kind }) => copyField(kind, row[name])).join('\t')}\n`;

function copyField(kind: Column['kind'], value: unknown): string {
  if (value === null || value === undefined) return '\\N';
  if (kind === 'json') return escaped(JSON.stringify(value));
  if (kind === 'array' && Array.isArray(value)) return escaped(arrayLiteral(value));
  return escaped(plainText(value));
}

const plainText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function arrayLiteral(values: readonly unknown[]): string {
  const elements = values.map((value) => {
    if (value === null || value === undefined) return 'NULL';
    if (Array.isArray(value)) return arrayLiteral(value);
    return `"${plainText(value).replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${elements.join(',')}}`;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const escaped = (text: string): string =>
  /[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? character) : text;
