import { HarmonyError } from '@harmony/contracts';
import { ArgsType, Field, Int } from '@nestjs/graphql';
import type { Connection, Edge } from './connection.js';
import { decodeCursor, encodeCursor, foreignCursor, type CursorKey } from './cursor.js';

export const defaultPageSize = 25;
export const maximumPageSize = 100;

/** The paging arguments of every list; a resolver's `@Args()` may extend it with filters. */
@ArgsType()
export class PageArguments {
  @Field(() => Int, { defaultValue: defaultPageSize, description: `1 to ${maximumPageSize}.` })
  first: number = defaultPageSize;

  @Field(() => String, { nullable: true, description: 'endCursor of the page before.' })
  after?: string | null;
}

export type PageRequest = Pick<PageArguments, 'first' | 'after'>;

/** One column of a list's order; together they must be unique, so end with the id. */
export interface SortColumn {
  readonly sql: string;
  /** Postgres type that the cursor's value is cast to. */
  readonly type: 'uuid' | 'timestamptz' | 'integer' | 'bigint' | 'numeric' | 'text';
}

export interface Keyset {
  /** Boolean SQL expression; `true` on the first page. */
  readonly where: string;
  readonly parameters: readonly unknown[];
  /** Goes behind `order by`. */
  readonly orderBy: string;
  /** One more than the page holds, to learn whether more follows. */
  readonly limit: number;
}

/**
 * Keyset paging in SQL: `where ${where} order by ${orderBy} limit ${limit}`. All columns run in one direction.
 * @throws HarmonyError INVALID_INPUT for a page size out of range or a foreign cursor.
 */
export function keyset(
  page: PageRequest,
  columns: readonly SortColumn[],
  firstParameter: number,
  direction: 'asc' | 'desc' = 'asc',
): Keyset {
  requirePageSize(page.first);
  const orderBy = columns.map(({ sql }) => `${sql} ${direction}`).join(', ');
  const limit = page.first + 1;
  if (!page.after) return { where: 'true', parameters: [], orderBy, limit };
  const parameters = decodeCursor(page.after, columns.length);
  if (!columns.every(({ type }, index) => fits(type, String(parameters[index])))) throw foreignCursor();
  const left = columns.map(({ sql }) => sql).join(', ');
  const right = columns.map(({ type }, index) => `$${firstParameter + index}::${type}`).join(', ');
  return { where: `(${left}) ${direction === 'asc' ? '>' : '<'} (${right})`, parameters, orderBy, limit };
}

/** The cursor is made when it is asked for: most readers want that of the last edge and of no other. */
class RowEdge<Row, Node> implements Edge<Node> {
  constructor(
    readonly node: Node,
    private readonly row: Row,
    private readonly cursorKey: (row: Row) => CursorKey,
  ) {}

  get cursor(): string {
    return encodeCursor(this.cursorKey(this.row));
  }

  toJSON(): Edge<Node> {
    return { cursor: this.cursor, node: this.node };
  }
}

/** Makes the page from the rows that a {@link keyset} query returned. */
export function toConnection<Row, Node>(
  page: PageRequest,
  rows: readonly Row[],
  cursorKey: (row: Row) => CursorKey,
  toNode: (row: Row) => Node,
): Connection<Node> {
  const edges = rows.slice(0, page.first).map((row) => new RowEdge(toNode(row), row, cursorKey));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: Boolean(page.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** Whether Postgres can read the text as this type, so that a forged cursor is refused and not a fault of ours. */
const readable: Readonly<Record<SortColumn['type'], RegExp>> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  timestamptz: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d(:?\d\d)?)$/,
  integer: /^-?\d{1,9}$/,
  bigint: /^-?\d{1,18}$/,
  numeric: /^-?\d{1,100}$/,
  text: /^[^\0\p{Surrogate}]*$/u,
};

const fits = (type: SortColumn['type'], value: string): boolean => readable[type].test(value);

function requirePageSize(first: number): void {
  if (Number.isInteger(first) && first >= 1 && first <= maximumPageSize) return;
  throw new HarmonyError('INVALID_INPUT', {
    detail: `first must be between 1 and ${maximumPageSize}.`,
    errors: [{ pointer: '/first', detail: `Must be between 1 and ${maximumPageSize}.` }],
  });
}
