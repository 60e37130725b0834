import { spreadsheetTextSql } from '../format/spreadsheet-text.js';
import type { Parameters } from '../../read-model/sql.js';
import type { Column, ExportedField } from './column.js';

/** Instants as both spreadsheets and programs read them. */
export const instantSql = (expression: string): string => `(${expression} at time zone 'UTC')::timestamp(0)::text`;

/** What every row says of its conversation: over `selected`, and the names of `team`, `owner` and `contact`. */
export function conversationColumns(link: string, parameters: Parameters): readonly Column[] {
  return [
    { header: 'Conversation id', sql: 'selected.conversation_id' },
    { header: 'Title', sql: spreadsheetTextSql('selected.title') },
    { header: 'Date (UTC)', sql: instantSql('selected.happened_at') },
    { header: 'Status', sql: 'selected.status' },
    { header: 'Medium', sql: 'selected.medium' },
    { header: 'Team', sql: spreadsheetTextSql('team.name') },
    { header: 'Owner', sql: spreadsheetTextSql('owner.name') },
    { header: 'Contact', sql: spreadsheetTextSql('contact.name') },
    { header: 'Tags', sql: spreadsheetTextSql(`nullif(array_to_string(selected.tags, '; '), '')`) },
    { header: 'Link', sql: `${parameters.add(link)}::text || selected.conversation_id` },
  ];
}

/** One column for each custom field that conversations have. */
export const fieldColumns = (fields: readonly ExportedField[], parameters: Parameters): readonly Column[] =>
  fields.map(({ key, label }) => ({
    header: `${label} [f:${key}]`,
    sql: fieldSql(`(selected.custom_fields -> ${parameters.add(key)}::text)`),
  }));

/** Numbers and booleans stay what they are; several values stand in one cell. */
const fieldSql = (value: string): string => `case jsonb_typeof(${value})
    when 'string' then ${spreadsheetTextSql(`${value} #>> '{}'`)}
    when 'array' then ${spreadsheetTextSql(`(select string_agg(item, '; ') from jsonb_array_elements_text(${value}) as list(item))`)}
    else ${value} #>> '{}' end`;
