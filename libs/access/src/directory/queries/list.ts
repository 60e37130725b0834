import { keyset, toConnection, type Connection, type CursorKey, type PageRequest, type SortColumn } from '@harmony/api';
import type { ScopedDatabase } from '@harmony/read-model';
import type { SqlCondition } from '../../scope-filter.js';

/** A query for rows of one workspace, without paging. */
export interface ListQuery {
  /** Select list; the columns become the fields of the record. */
  readonly columns: string;
  readonly from: string;
  /** Its parameters are numbered from 1. */
  readonly condition: SqlCondition;
  readonly sort: readonly SortColumn[];
  readonly direction?: 'asc' | 'desc';
}

type WithKey<Record> = Record & { readonly cursorKey: CursorKey };

/** Joins conditions; each builder is told the number of its first parameter. */
export function allOf(...builders: readonly ((firstParameter: number) => SqlCondition)[]): SqlCondition {
  let parameters: readonly unknown[] = [];
  const parts = builders.map((build) => {
    const condition = build(parameters.length + 1);
    parameters = [...parameters, ...condition.parameters];
    return condition.sql;
  });
  return { sql: parts.join(' and '), parameters };
}

/** One page of the rows. */
export async function readPage<Record extends object>(
  database: ScopedDatabase,
  workspaceId: string,
  page: PageRequest,
  { columns, from, condition, sort, direction }: ListQuery,
): Promise<Connection<Record>> {
  const paging = keyset(page, sort, condition.parameters.length + 1, direction);
  const key = sort.map(({ sql }) => `(${sql})::text`).join(', ');
  const rows = await database.query<WithKey<Record>>(
    workspaceId,
    `select ${columns}, jsonb_build_array(${key}) as "cursorKey" from ${from}
      where ${condition.sql} and ${paging.where} order by ${paging.orderBy} limit ${paging.limit}`,
    [...condition.parameters, ...paging.parameters],
  );
  return toConnection(
    page,
    rows,
    (row) => row.cursorKey,
    ({ cursorKey: _, ...record }) => record as unknown as Record,
  );
}

/** Every row that the condition lets through, for a handful of ids. */
export function readRows<Record extends object>(
  database: ScopedDatabase,
  workspaceId: string,
  { columns, from, condition }: Omit<ListQuery, 'sort'>,
): Promise<Record[]> {
  const sql = `select ${columns} from ${from} where ${condition.sql}`;
  return database.query(workspaceId, sql, condition.parameters);
}
