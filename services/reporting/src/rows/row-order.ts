import type { Question } from '@harmony/contracts';
import type { Parameters } from '../read-model/sql.js';
import { foldedText } from './search.js';

export const resultSorts = ['DATE', 'TITLE', 'VALUE', 'CONFIDENCE'] as const;
export type ResultSort = (typeof resultSorts)[number];

export const sortDirections = ['ASCENDING', 'DESCENDING'] as const;
export type SortDirection = (typeof sortDirections)[number];

/** What rows are put in order by: a number, an instant, or a text that is short enough for a cursor. */
export interface SortKey {
  readonly sql: string;
  readonly type: 'double precision' | 'timestamptz' | 'text collate "und-x-icu"';
}

const text = (sql: string): SortKey => ({ sql: `left(${foldedText(sql)}, 100)`, type: 'text collate "und-x-icu"' });
const number = (sql: string): SortKey => ({ sql: `(${sql})::double precision`, type: 'double precision' });

/** In a statement where `selected` is the conversation and `cell` what was found in it. */
export function sortKey(sort: ResultSort, question: Question, parameters: Parameters): SortKey {
  switch (sort) {
    case 'DATE':
      return { sql: 'selected.happened_at', type: 'timestamptz' };
    case 'TITLE':
      return text('selected.title');
    case 'CONFIDENCE':
      return number('cell.confidence');
    case 'VALUE':
      return valueKey(question, parameters);
  }
}

/** Numbers by size, buckets and stages in their order, yes above no, competitors and questions by how many, text by letters. */
function valueKey(question: Question, parameters: Parameters): SortKey {
  switch (question.type) {
    case 'BUYER_ENGAGEMENT':
    case 'SCALE':
    case 'CHECKLIST':
    case 'DISCOUNT':
      return number('cell.number');
    case 'YES_NO':
      return number(`case cell.choice when 'YES' then 1 when 'NO' then 0 end`);
    case 'GROUP':
      return placeAmong(question.buckets, parameters);
    case 'FUNNEL':
      return placeAmong(question.stages, parameters);
    case 'COMPETITORS':
      return number(`case when jsonb_typeof(cell.parts) = 'array' then jsonb_array_length(cell.parts) end`);
    case 'SPIN_DISTRIBUTION':
      return number(`case when jsonb_typeof(cell.parts) = 'object'
                          then (select sum(count::double precision) from jsonb_each_text(cell.parts) as part(kind, count)) end`);
    default:
      return text('cell.text');
  }
}

/** What the question has no longer comes behind all that it has. */
function placeAmong(parts: readonly { readonly key: string }[], parameters: Parameters): SortKey {
  const keys = `${parameters.add(parts.map(({ key }) => key))}::text[]`;
  return number(
    `case when cell.choice is not null then coalesce(array_position(${keys}, cell.choice), cardinality(${keys}) + 1) end`,
  );
}
