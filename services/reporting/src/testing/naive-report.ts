import type { CustomFieldFilter, ReportFilter } from '@harmony/contracts';
import type { ConversationRecord } from '../columns/conversation.js';
import type { Cell } from '../domain/columns.js';
import type { ReportDefinition } from '../domain/definition.js';
import type { Reader } from '../domain/mask.js';

/**
 * The same figures once more, conversation by conversation and as plainly as can be, for tests: nothing here knows of
 * columns, codes or counted values.
 */

const equal = (left: unknown, right: unknown): boolean =>
  typeof left === 'string' && typeof right === 'string' ? plain(left) === plain(right) : left === right;
const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

function fieldPasses({ key, operator, value }: CustomFieldFilter, fields: Readonly<Record<string, unknown>>): boolean {
  const actual = fields[key];
  const all = Array.isArray(actual) ? actual : [actual];
  if (operator === 'IS_SET') return actual !== undefined;
  if (operator === 'EQUALS') return all.some((one) => equal(one, value));
  if (operator === 'NOT_EQUALS') return !all.some((one) => equal(one, value));
  if (typeof actual === 'number' && typeof value === 'number')
    return operator === 'AT_LEAST' ? actual >= value : actual <= value;
  if (typeof actual !== 'string' || typeof value !== 'string') return false;
  return operator === 'AT_LEAST' ? actual >= value : actual <= value;
}

const among = (wanted: readonly unknown[], actual: unknown): boolean => wanted.length === 0 || wanted.includes(actual);

function tagsPass({ tags, tagMatch }: ReportFilter, present: readonly string[]): boolean {
  if (tags.length === 0) return true;
  const has = (tag: string): boolean => present.some((one) => plain(one) === plain(tag));
  if (tagMatch === 'ALL') return tags.every(has);
  return tagMatch === 'ANY' ? tags.some(has) : !tags.some(has);
}

export function mayRead({ access }: ConversationRecord, { scope, userId, teamIds }: Reader): boolean {
  const isOwn = access.ownerId === userId || access.createdBy === userId;
  if (scope === 'all' || isOwn) return true;
  return scope === 'team' && access.teamId !== null && teamIds.includes(access.teamId);
}

/** All of the filter but its times. */
export const passes = (one: ConversationRecord, filter: ReportFilter): boolean =>
  among(filter.teamIds, one.teamId) &&
  among(filter.ownerIds, one.ownerId) &&
  among(filter.contactIds, one.contactId) &&
  among(filter.media, one.medium) &&
  among(filter.statuses, one.status) &&
  among(filter.runKinds, one.runKind) &&
  among(filter.revisionIds, one.revisionId) &&
  tagsPass(filter, one.tags) &&
  filter.customFields.every((field) => fieldPasses(field, one.customFields));

export const isWithin = ({ happenedAt }: ConversationRecord, from: number, to: number): boolean =>
  happenedAt >= from && happenedAt < to;

export const cellsOf = (conversations: readonly ConversationRecord[], { id }: ReportDefinition): Cell[] =>
  conversations.flatMap(({ cells }) => cells.filter(({ definitionId }) => definitionId === id).map(({ cell }) => cell));

export function naiveCounts(cells: readonly Cell[]) {
  const of = (outcome: string): number => cells.filter((cell) => cell.outcome === outcome).length;
  return {
    ...{ asked: cells.length, answered: of('ANSWERED'), notDiscussed: of('NOT_DISCUSSED') },
    ...{ failed: of('FAILED'), pending: of('PENDING') },
  };
}
