import { isUuid, type Principal } from '@harmony/access';
import { decodeCursor, encodeCursor, foreignCursor, parseInput } from '@harmony/api';
import { maximumPageSize, type Connection, type PageRequest } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Parameters } from '../read-model/sql.js';
import type { ResultRowView } from '../rows/result-row.js';
import { ResultRows } from '../rows/result-rows.js';
import { questionMark } from '../rows/row-cursor.js';
import { changeKinds, type ChangeCause, type ChangeKind } from './domain/change.js';
import { ReviewedRevisions, type ReviewedRevision } from './reviewed-revisions.js';
import { changesByDateSql } from './sql/changes.js';

/** Which rows of a comparison are shown: of one kind, or all. */
export const changeFilters = [...changeKinds, 'ALL'] as const;
export type ChangeFilter = (typeof changeFilters)[number];

export interface ChangeQuestion {
  readonly revisionId: string;
  /** Null for all definitions. */
  readonly definitionId: string | null;
  readonly changes: ChangeFilter;
}

/** A result before and after, side by side; at least one of them is there. */
export interface ResultChange {
  readonly kind: ChangeKind;
  /** Null for what did not change. */
  readonly cause: ChangeCause | null;
  readonly conversation: ResultRowView['conversation'];
  readonly definitionId: string;
  readonly before: ResultRowView | null;
  readonly after: ResultRowView | null;
}

interface Row {
  readonly conversation_id: string;
  readonly happened_at: Date;
  readonly definition_id: string;
  readonly before_run: string | null;
  readonly after_run: string;
  readonly before_state: string | null;
  readonly after_state: string | null;
  readonly kind: ChangeKind;
  readonly cause: ChangeCause | null;
  /** Of the definition in the report, from 1. */
  readonly place: number;
}

interface Place {
  readonly happenedAt: string;
  readonly conversationId: string;
  readonly place: number;
}

const pageSize = z.object({ first: z.int().min(1).max(maximumPageSize), after: z.string().nullish() });

/** What a revision changes, result by result: the newest conversation first, in the order of the report. */
@Injectable()
export class RevisionChanges {
  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    private readonly revisions: ReviewedRevisions,
    private readonly results: ResultRows,
  ) {}

  /** @throws HarmonyError as {@link ReviewedRevisions.find} does; UNKNOWN_DEFINITION; INVALID_INPUT for page and cursor. */
  async page(principal: Principal, question: ChangeQuestion, page: PageRequest): Promise<Connection<ResultChange>> {
    const { first, after } = parseInput(pageSize, page);
    const found = await this.revisions.find(principal, question.revisionId);
    const revision = about(found, question.definitionId?.toLowerCase() ?? null);
    const mark = questionMark({ ...question, revisionId: found.revisionId, workspaceId: principal.workspaceId });
    const rows = await this.rows(principal, revision, question.changes, placeOf(after, mark), first + 1);
    const shown = rows.slice(0, first);
    const cursorOf = (row: Row | undefined): string | null =>
      row ? encodeCursor([mark, row.happened_at.toISOString(), row.conversation_id, row.place]) : null;
    const changes = await this.sideBySide(principal, shown);
    return {
      edges: changes.map(({ row, change }) => ({ node: change, cursor: cursorOf(row) ?? '' })),
      pageInfo: {
        ...{ hasNextPage: rows.length > first, hasPreviousPage: Boolean(after) },
        ...{ startCursor: cursorOf(shown.at(0)), endCursor: cursorOf(shown.at(-1)) },
      },
    };
  }

  private rows(
    principal: Principal,
    revision: ReviewedRevision,
    filter: ChangeFilter,
    from: Place | null,
    limit: number,
  ): Promise<Row[]> {
    const parameters = new Parameters(1);
    const changes = parameters.include((first) => changesByDateSql(principal, revision, from, first));
    const kinds = parameters.add(filter === 'ALL' ? changeKinds : [filter]);
    const order = parameters.add(revision.definitionIds);
    const behind = from
      ? `(conversation_id <> ${parameters.add(from.conversationId)}::uuid or place > ${parameters.add(from.place)}::integer)`
      : 'true';
    const sql = `
      select conversation_id, happened_at, definition_id, before_run, after_run, before_state, after_state, kind, cause, place
        from (select changes.*, array_position(${order}::uuid[], definition_id) as place from (${changes}) changes) placed
       where kind = any(${kinds}::text[]) and ${behind}
       order by happened_at desc, conversation_id desc, place limit ${limit}`;
    return this.database.query<Row>(principal.workspaceId, sql, parameters.values);
  }

  /** A row whose conversation went while the page was read is left out. */
  private async sideBySide(
    principal: Principal,
    rows: readonly Row[],
  ): Promise<{ readonly row: Row; readonly change: ResultChange }[]> {
    const keyed = rows.map((row) => {
      const { conversation_id: conversationId, definition_id: definitionId } = row;
      const key = (runId: string | null, state: string | null): string | null =>
        runId !== null && state !== null ? [conversationId, runId, definitionId].join() : null;
      return { row, before: key(row.before_run, row.before_state), after: key(row.after_run, row.after_state) };
    });
    const keys = new Set(keyed.flatMap(({ before, after }) => [before, after]).filter((key) => key !== null));
    const views = await this.results.byKeys(
      principal,
      [...keys].map((key) => {
        const [conversationId = '', runId = '', definitionId = ''] = key.split(',');
        return { conversationId, runId, definitionId };
      }),
    );
    const viewOf = new Map(views.map((view) => [[view.conversationId, view.runId, view.definitionId].join(), view]));
    return keyed.flatMap(({ row, ...sides }) => {
      const [before, after] = [viewOf.get(sides.before ?? '') ?? null, viewOf.get(sides.after ?? '') ?? null];
      const conversation = (after ?? before)?.conversation;
      if (!conversation) return [];
      const { kind, cause, definition_id: definitionId } = row;
      return [{ row, change: { kind, cause, conversation, definitionId, before, after } }];
    });
  }
}

/** The revision with one definition only, or with all of them. */
function about(revision: ReviewedRevision, definitionId: string | null): ReviewedRevision {
  if (definitionId === null) return revision;
  if (!revision.definitionIds.includes(definitionId)) throw new HarmonyError('UNKNOWN_DEFINITION');
  return { ...revision, definitionIds: [definitionId] };
}

const place = z.tuple([z.string(), z.iso.datetime(), z.string().refine(isUuid), z.int().positive()]);

function placeOf(after: string | null | undefined, mark: string): Place | null {
  if (!after) return null;
  const { data } = place.safeParse(decodeCursor(after, 4));
  if (data?.[0] !== mark) throw foreignCursor();
  const [, happenedAt, conversationId, ordinal] = data;
  return { happenedAt, conversationId, place: ordinal };
}
