import { decodeCursor, encodeCursor, foreignCursor } from '@harmony/api';
import { isUuid } from '@harmony/access';
import { digestOf } from '@harmony/analysis';
import type { Parameters } from '../read-model/sql.js';
import type { SortDirection, SortKey } from './row-order.js';

/** Where a row stands: what it is sorted by, then the newest first, then by id. */
export interface RowPlace {
  readonly conversation_id: string;
  readonly happened_at: Date;
  /** Null stands last, whatever the direction. */
  readonly sort_key: string | number | Date | null;
}

/** Names a question among all that can be asked, so that its cursors are of no use for another one. */
export const questionMark = (question: unknown): string => digestOf(question).slice(0, 16);

export const cursorOf = (mark: string, { conversation_id: id, happened_at: at, sort_key: key }: RowPlace): string =>
  encodeCursor([
    mark,
    ...(key === null ? [0, ''] : [1, key instanceof Date ? key.toISOString() : key]),
    at.toISOString(),
    id,
  ]);

const isInstant = (text: unknown): boolean => typeof text === 'string' && !Number.isNaN(Date.parse(text));

function fits(key: unknown, type: SortKey['type']): boolean {
  if (type === 'double precision') return typeof key === 'number' && Number.isFinite(key);
  return type === 'timestamptz' ? isInstant(key) : typeof key === 'string' && !/[\0\p{Surrogate}]/u.test(key);
}

/**
 * The rows behind a cursor; all of them without one.
 * @throws HarmonyError INVALID_INPUT for a cursor that another question, or nobody, returned.
 */
export function behindCursor(
  after: string | null | undefined,
  mark: string,
  { type }: SortKey,
  direction: SortDirection,
  parameters: Parameters,
): string {
  if (!after) return 'true';
  const [of, isSet, key, at, id] = decodeCursor(after, 5);
  const isForeign = of !== mark || !isInstant(at) || typeof id !== 'string' || !isUuid(id);
  if (isForeign || (isSet !== 0 && !(isSet === 1 && fits(key, type)))) throw foreignCursor();
  const place = `(happened_at, conversation_id) < (${parameters.add(at)}::timestamptz, ${parameters.add(id)}::uuid)`;
  if (isSet === 0) return `sort_key is null and ${place}`;
  if (isNewestFirst(type, direction)) return place;
  const value = `${parameters.add(key)}::${type}`;
  const beyond = direction === 'ASCENDING' ? '>' : '<';
  return `(sort_key ${beyond} ${value} or sort_key is null or (sort_key = ${value} and ${place}))`;
}

/** What breaks ties elsewhere is the whole order then, which an index has: a page is read without the rest. */
const isNewestFirst = (type: SortKey['type'], direction: SortDirection): boolean =>
  type === 'timestamptz' && direction === 'DESCENDING';

export function orderOf({ type }: SortKey, direction: SortDirection): string {
  const byPlace = 'happened_at desc, conversation_id desc';
  if (isNewestFirst(type, direction)) return byPlace;
  return `sort_key ${direction === 'ASCENDING' ? 'asc' : 'desc'} nulls last, ${byPlace}`;
}
