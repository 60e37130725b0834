import { spinQuadrants, type InsightType } from '@harmony/contracts';
import { spreadsheetText, spreadsheetTextSql } from '../format/spreadsheet-text.js';
import type { Parameters } from '../../read-model/sql.js';
import type { Column, ExportedDefinition } from './column.js';
import { partsOf } from './parts.js';

/** Where the cell of a definition is found in the statement. */
export interface CellTable {
  /** Of the table; its rows are null where the conversation was not asked. */
  readonly alias: string;
  /** What stands for the definition in headers: unique in its project, and never another. */
  readonly shortId: string;
  readonly parameters: Parameters;
}

/** A part of a value: what it is for people, its stable name, and its expression over the cell. */
interface Part {
  readonly label?: string;
  readonly name?: string;
  readonly sql: string;
}

const listed = (elements: string, value: string, separator = "'; '"): string =>
  `(select string_agg(${value}, ${separator} order by place) from jsonb_array_elements(${elements}) with ordinality as list(item, place))`;

/**
 * The columns of one definition. The first tells what became of the question: ANSWERED, NOT_DISCUSSED, PENDING, FAILED
 * with its code; empty where it was not asked. Those behind it have the answer, and are empty for everything else.
 */
export function definitionColumns(definition: ExportedDefinition, table: CellTable): readonly Column[] {
  const parts = [
    { label: 'outcome', name: 'outcome', sql: outcomeSql(table.alias) },
    ...valuesOf[definition.question.type](table, definition),
  ];
  return parts.map(({ label, name, sql }) => ({
    header: `${definition.title}${label ? `: ${label}` : ''} [d:${table.shortId}${name ? `:${name}` : ''}]`,
    sql,
  }));
}

const outcomeSql = (cell: string): string =>
  `case when ${cell}.outcome = 'FAILED' then 'FAILED: ' || ${cell}.failure_code else ${cell}.outcome end`;

/** One under the other in one cell. */
const lines = (elements: string, value: string): string => spreadsheetTextSql(listed(elements, value, `E'\\n'`));

/** Names of parts by their key, as they may stand in a spreadsheet. */
function nameMap({ parameters }: CellTable, definition: ExportedDefinition): string {
  const names = partsOf(definition).map(({ key, name }) => [key, spreadsheetText(name)]);
  return `${parameters.add(Object.fromEntries(names))}::jsonb`;
}

type Values = (table: CellTable, definition: ExportedDefinition) => readonly Part[];

const written: Values = ({ alias: cell }) => [{ sql: spreadsheetTextSql(`${cell}.text`) }];

const chosenPart: Values = (table, definition) => {
  const key = `${table.alias}.choice`;
  return [{ sql: `coalesce(${nameMap(table, definition)} ->> ${key}, ${key})` }];
};

/** What an answer is in columns, by the type of its question. */
const valuesOf: Readonly<Record<InsightType, Values>> = {
  OPEN_QUESTION: written,
  MARKDOWN: written,
  SUMMARY: (table) => [
    { sql: spreadsheetTextSql(`${table.alias}.answer ->> 'overview'`) },
    { label: 'key points', name: 'keyPoints', sql: lines(`${table.alias}.answer -> 'keyPoints'`, `item #>> '{}'`) },
    {
      label: 'action items',
      name: 'actionItems',
      sql: lines(`${table.alias}.answer -> 'actionItems'`, `item ->> 'text'`),
    },
  ],
  YES_NO: ({ alias: cell }) => [{ sql: `${cell}.choice` }],
  GROUP: chosenPart,
  FUNNEL: chosenPart,
  SCALE: (table, definition) => [
    { sql: `${table.alias}.number` },
    {
      label: 'label',
      name: 'label',
      sql: `${nameMap(table, definition)} ->> (${table.alias}.number::bigint)::text`,
    },
  ],
  BUYER_ENGAGEMENT: ({ alias: cell }) => [
    { label: 'score', name: 'score', sql: `${cell}.number` },
    { label: 'band', name: 'band', sql: `${cell}.answer ->> 'band'` },
  ],
  DISCOUNT: ({ alias: cell }) => [
    {
      label: 'discussed',
      name: 'discussed',
      sql: `case ${cell}.is_discussed when true then 'YES' when false then 'NO' end`,
    },
    { label: 'rate %', name: 'rate', sql: `${cell}.number` },
    { label: 'amount', name: 'amount', sql: `${cell}.amount` },
    { label: 'currency', name: 'currency', sql: spreadsheetTextSql(`${cell}.currency`) },
  ],
  COMPETITORS: ({ alias: cell }) => [
    { label: 'names', name: 'names', sql: spreadsheetTextSql(listed(`${cell}.parts`, `item ->> 'name'`)) },
    {
      label: 'stances',
      name: 'stances',
      sql: spreadsheetTextSql(listed(`${cell}.parts`, `(item ->> 'name') || ': ' || (item ->> 'stance')`)),
    },
  ],
  CHECKLIST: ({ alias: cell, parameters }, definition) => [
    { label: 'items met', name: 'met', sql: `${cell}.number` },
    ...partsOf(definition).map(({ key, name }) => ({
      label: name,
      name: `item:${key}`,
      sql: `${cell}.parts ->> ${parameters.add(key)}::text`,
    })),
  ],
  SPIN_DISTRIBUTION: ({ alias: cell }) =>
    spinQuadrants.map((quadrant) => ({ label: quadrant, name: quadrant, sql: `${cell}.parts ->> '${quadrant}'` })),
  SPIN_IMPROVEMENT: ({ alias: cell }) => [
    { label: 'weakest first', name: 'weakest', sql: listed(`${cell}.parts`, `item #>> '{}'`) },
    ...spinQuadrants.map((quadrant) => ({
      label: quadrant,
      name: quadrant,
      sql: lines(
        `${cell}.answer -> 'suggestions'`,
        `case item ->> 'quadrant' when '${quadrant}' then item ->> 'text' end`,
      ),
    })),
  ],
};
