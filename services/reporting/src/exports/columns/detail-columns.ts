import { spreadsheetTextSql } from '../format/spreadsheet-text.js';
import type { Column } from './column.js';
import { instantSql } from './conversation-columns.js';

const first = (cell: string, member: string): string => `${cell}.evidence -> 0 ->> '${member}'`;

/** Why a result is what it is: the first quote; the other ones are in the JSONL. */
export const detailColumns = (cell: string): readonly Column[] => [
  { header: 'Rationale', sql: spreadsheetTextSql(`${cell}.rationale`) },
  { header: 'Confidence', sql: `${cell}.confidence` },
  { header: 'Quote', sql: spreadsheetTextSql(first(cell, 'quote')) },
  { header: 'Turn (from 0)', sql: first(cell, 'turn') },
  { header: 'Quote start (ms)', sql: first(cell, 'startMs') },
  { header: 'Quote end (ms)', sql: first(cell, 'endMs') },
  { header: 'Quotes', sql: `jsonb_array_length(${cell}.evidence)` },
  { header: 'Definition version', sql: `${cell}.definition_version` },
  { header: 'Asked (UTC)', sql: instantSql(`${cell}.started_at`) },
  { header: 'Settled (UTC)', sql: instantSql(`${cell}.settled_at`) },
];
