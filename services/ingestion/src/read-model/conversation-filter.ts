import { isUuid, type SqlCondition } from '@harmony/access';
import {
  conversationSources,
  conversationStatuses,
  isTerminal,
  media,
  pipelineStages,
  type ConversationStatus,
} from '@harmony/contracts';
import { z } from 'zod';
import { stuckSince, unhurried } from './conversation-row.js';

const instant = z.iso.datetime({ offset: true });
const plainText = z
  .string()
  .max(300)
  .refine((text) => !/[\0\p{Surrogate}]/u.test(text), 'Must be plain text.');

/** What a list of conversations is narrowed to; everything given must match. */
export const conversationFilterSchema = z.strictObject({
  status: z.array(z.enum(conversationStatuses)).nullish().describe('Any of these.'),
  incomplete: z.boolean().nullish().describe('True: neither COMPLETED nor COMPLETED_WITH_ERRORS; false: one of them.'),
  teamId: plainText.nullish(),
  ownerId: plainText.nullish(),
  contactId: plainText.nullish(),
  medium: z.enum(media).nullish(),
  source: z.enum(conversationSources).nullish(),
  stuck: z.boolean().nullish().describe('True: no stage has moved it for 30 minutes; false: all others.'),
  failureStage: z.enum(pipelineStages).nullish().describe('Failed at this stage.'),
  failureCode: plainText.nullish().describe('Failed with this code.'),
  tags: z.array(plainText).max(50).nullish().describe('All of these.'),
  createdFrom: instant.nullish().describe('Inclusive.'),
  createdBefore: instant.nullish().describe('Exclusive.'),
  happenedFrom: instant.nullish().describe('When it took place, else when it came in, as reports count it. Inclusive.'),
  happenedBefore: instant.nullish().describe('The same time. Exclusive.'),
  title: plainText.nullish().describe('Part of the title, in any case.'),
});

export type ConversationFilter = z.output<typeof conversationFilterSchema>;

const complete: readonly ConversationStatus[] = conversationStatuses.filter(
  (status) => isTerminal(status) && status !== 'FAILED',
);

/** Statuses are constants of the contracts. */
const isStuck = (since: string): string =>
  `progressed_at < ${since}::timestamptz and status <> all('{${unhurried.join(',')}}'::text[])`;

/** A condition with one parameter, or with none. */
type Condition = readonly [sql: (parameter: string) => string, parameter?: unknown];

function conditionsOf(filter: ConversationFilter, now: Date): Condition[] {
  const { status, incomplete, medium, tags, createdFrom, createdBefore, title, stuck } = filter;
  const is = (value: unknown, sql: (parameter: string) => string): Condition[] =>
    value === undefined || value === null ? [] : [[sql, value]];
  const isId = (id: string | null | undefined, column: string): Condition[] =>
    typeof id === 'string' && !isUuid(id) ? [[() => 'false']] : is(id, (value) => `${column} = ${value}::uuid`);
  return [
    ...is(status, (value) => `status = any(${value}::text[])`),
    ...is(incomplete === true ? complete : undefined, (value) => `status <> all(${value}::text[])`),
    ...is(incomplete === false ? complete : undefined, (value) => `status = any(${value}::text[])`),
    ...isId(filter.teamId, 'team_id'),
    ...isId(filter.ownerId, 'owner_id'),
    ...isId(filter.contactId, 'contact_id'),
    ...is(medium, (value) => `medium = ${value}`),
    ...is(filter.source, (value) => `source = ${value}`),
    ...is(stuck === true ? stuckSince(now) : undefined, (value) => `(${isStuck(value)})`),
    ...is(stuck === false ? stuckSince(now) : undefined, (value) => `not (${isStuck(value)})`),
    ...is(filter.failureStage, (value) => `failure_stage = ${value}`),
    ...is(filter.failureCode, (value) => `failure_code = ${value}`),
    ...is(tags, (value) => `tags @> ${value}::text[]`),
    ...is(createdFrom, (value) => `created_at >= ${value}::timestamptz`),
    ...is(createdBefore, (value) => `created_at < ${value}::timestamptz`),
    ...is(filter.happenedFrom, (value) => `coalesce(started_at, created_at) >= ${value}::timestamptz`),
    ...is(filter.happenedBefore, (value) => `coalesce(started_at, created_at) < ${value}::timestamptz`),
    ...is(title?.toLowerCase(), (value) => `position(${value} in lower(title)) > 0`),
  ];
}

/** The filter in SQL; parameters are numbered from `firstParameter`. */
export function filterCondition(filter: ConversationFilter, firstParameter: number, now: Date): SqlCondition {
  const parameters: unknown[] = [];
  const parts = conditionsOf(filter, now).map(([sql, parameter]) => {
    if (parameter === undefined) return sql('');
    parameters.push(parameter);
    return sql(`$${firstParameter + parameters.length - 1}`);
  });
  return { sql: parts.length > 0 ? parts.join(' and ') : 'true', parameters };
}
