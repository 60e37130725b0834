import { requirePermission, scopeFilter, type Principal } from '@harmony/access';
import type { CustomFieldFilter, ReportFilter } from '@harmony/contracts';
import { folded } from '../domain/text.js';
import { inForceSql } from './in-force.js';
import type { Moment } from './moment.js';
import { Parameters, type SqlPart } from './sql.js';

export interface Selected {
  readonly projectId: string;
  readonly filter: ReportFilter;
  readonly moment: Moment;
}

/** Whose a conversation is today decides who may read of it, of its past too. */
const scopeColumns = {
  owner: 's.access_owner_id',
  createdBy: 's.access_created_by',
  team: 's.access_team_id',
} as const;

/**
 * The conversations of a project that pass a filter and that the reader may see, one row each, with the columns of
 * {@link inForceSql}. Use it as `with selected as (…)` or in parentheses; the order is yours.
 * @throws HarmonyError FORBIDDEN for somebody who may read no conversations at all.
 */
export function selectionSql(
  principal: Principal,
  { projectId, filter, moment }: Selected,
  firstParameter: number,
): SqlPart {
  const scope = requirePermission(principal, 'conversations', 'read');
  const parameters = new Parameters(firstParameter);
  const inForce = parameters.include((first) => inForceSql(projectId, moment, first));
  const conditions = [
    parameters.include((first) => scopeFilter(principal, scope, first, scopeColumns)),
    ...conditionsOf(filter, parameters),
  ];
  return { sql: `select s.* from (${inForce}) s where ${conditions.join(' and ')}`, parameters: parameters.values };
}

function conditionsOf(filter: ReportFilter, parameters: Parameters): string[] {
  const anyOf = (column: string, wanted: readonly string[], type = 'text'): string[] =>
    wanted.length === 0 ? [] : [`s.${column} = any(${parameters.add(wanted)}::${type}[])`];
  const bound = (operator: '>=' | '<', time: string | null): string[] =>
    time === null ? [] : [`s.happened_at ${operator} ${parameters.add(time)}::timestamptz`];
  return [
    ...bound('>=', filter.from),
    ...bound('<', filter.to),
    ...anyOf('team_id', filter.teamIds, 'uuid'),
    ...anyOf('owner_id', filter.ownerIds, 'uuid'),
    ...anyOf('contact_id', filter.contactIds, 'uuid'),
    ...anyOf('medium', filter.media),
    ...anyOf('status', filter.statuses),
    ...anyOf('run_kind', filter.runKinds),
    ...anyOf('revision_id', filter.revisionIds, 'uuid'),
    ...tagged(filter, parameters),
    ...filter.customFields.map((field) => withField(field, parameters)),
  ];
}

/** What `trim` of JavaScript takes away. */
const space = String.raw`E'\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'`;

/** {@link folded}, in SQL. */
const foldedSql = (text: string): string => `lower(btrim(normalize(${text}, NFKC), ${space}) collate "und-x-icu")`;

function tagged({ tags, tagMatch }: ReportFilter, parameters: Parameters): string[] {
  if (tags.length === 0) return [];
  const present = `array(select ${foldedSql('tag')} from unnest(s.tags) tag)`;
  const asked = `${parameters.add([...new Set(tags.map(folded))])}::text[]`;
  return [
    { ANY: `${present} && ${asked}`, ALL: `${present} @> ${asked}`, NONE: `not ${present} && ${asked}` }[tagMatch],
  ];
}

function withField({ key, operator, value }: CustomFieldFilter, parameters: Parameters): string {
  // What has no order; and every parameter that is taken in must be used.
  if ((operator === 'AT_LEAST' || operator === 'AT_MOST') && typeof value === 'boolean') return 'false';
  const field = `(s.custom_fields -> ${parameters.add(key)})`;
  switch (operator) {
    case 'IS_SET':
      return `coalesce(jsonb_typeof(${field}), 'null') <> 'null'`;
    case 'EQUALS':
      return contains(field, value, parameters);
    case 'NOT_EQUALS':
      return `not ${contains(field, value, parameters)}`;
    case 'AT_LEAST':
      return compared(field, '>=', value, parameters);
    case 'AT_MOST':
      return compared(field, '<=', value, parameters);
  }
}

type FieldValue = CustomFieldFilter['value'];

/** A field with several values has each of them. */
function contains(field: string, value: FieldValue, parameters: Parameters): string {
  const values = `jsonb_array_elements(case jsonb_typeof(${field}) when 'array' then ${field}
                                       else jsonb_build_array(${field}) end) as one(value)`;
  const equals =
    typeof value === 'string'
      ? `jsonb_typeof(one.value) = 'string' and ${foldedSql("(one.value #>> '{}')")} = ${parameters.add(folded(value))}`
      : `one.value = ${parameters.add(JSON.stringify(value))}::jsonb`;
  return `exists (select from ${values} where ${equals})`;
}

/** Numbers with numbers, and dates with dates, whose text has the order of time; nothing else has an order. */
function compared(field: string, operator: '>=' | '<=', value: FieldValue, parameters: Parameters): string {
  const text = `(${field} #>> '{}')`;
  const [type, holds] =
    typeof value === 'number'
      ? ['number', `${text}::numeric ${operator} ${parameters.add(String(value))}::numeric`]
      : ['string', `${text} collate "C" ${operator} ${parameters.add(value)}::text`];
  return `case when jsonb_typeof(${field}) = '${type}' then ${holds} else false end`;
}
