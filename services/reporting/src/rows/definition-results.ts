import type { Principal } from '@harmony/access';
import { maximumPageSize, parseInput, type Connection, type PageRequest } from '@harmony/api';
import { HarmonyError, type ReportFilter } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { cellsAsOf } from '../read-model/as-of.js';
import { Moments, type Moment, type RequestedMoment } from '../read-model/moment.js';
import { ProjectCatalogue, type CataloguedDefinition } from '../read-model/project-catalogue.js';
import { selectionSql } from '../read-model/selection.js';
import { Parameters } from '../read-model/sql.js';
import { resultCondition, type ResultFilter } from './result-filter.js';
import type { ResultRowView } from './result-row.js';
import { ResultRows } from './result-rows.js';
import { behindCursor, cursorOf, orderOf, questionMark, type RowPlace } from './row-cursor.js';
import { sortKey, type ResultSort, type SortDirection } from './row-order.js';
import { searchCondition } from './search.js';

/** Which results are asked for, in which order. */
export interface ResultQuestion {
  readonly projectId: string;
  readonly definitionId: string;
  readonly filter: ReportFilter;
  readonly results: ResultFilter;
  /** All of them must be found. */
  readonly words: readonly string[];
  readonly sort: ResultSort;
  readonly direction: SortDirection;
  readonly moment: RequestedMoment;
}

export interface ResultPage extends Connection<ResultRowView> {
  /** How many there are on all pages; asked for apart, since counting reads all of them. */
  readonly count: () => Promise<number>;
}

interface Place extends RowPlace {
  readonly run_id: string;
}

interface Asked extends Omit<ResultQuestion, 'moment'> {
  readonly principal: Principal;
  readonly definition: CataloguedDefinition;
  readonly moment: Moment;
}

const pageSize = z.object({ first: z.int().min(1).max(maximumPageSize), after: z.string().nullish() });

/** What one definition found, conversation by conversation: what stands behind a figure. */
@Injectable()
export class DefinitionResults {
  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    private readonly moments: Moments,
    private readonly catalogue: ProjectCatalogue,
    private readonly rows: ResultRows,
  ) {}

  /**
   * @throws HarmonyError UNKNOWN_PROJECT, UNKNOWN_DEFINITION and UNKNOWN_REVISION for what is not there for this reader;
   * INVALID_INPUT for a page, a time or a cursor that is none.
   */
  async page(principal: Principal, question: ResultQuestion, page: PageRequest): Promise<ResultPage> {
    const { first, after } = parseInput(pageSize, page);
    const { projectId, definitionId } = question;
    const moment = await this.moments.of(principal, projectId, question.moment);
    const { definitions } = await this.catalogue.of(principal, projectId, moment);
    const definition = definitions.find(({ id }) => id === definitionId.toLowerCase());
    if (!definition) throw new HarmonyError('UNKNOWN_DEFINITION');
    const asked: Asked = { ...question, definition, principal, moment };
    const mark = questionMark({ ...question, workspaceId: principal.workspaceId });
    const places = await this.places(asked, { first, after, mark });
    const shown = places.slice(0, first);
    const keys = shown.map(({ conversation_id: conversationId, run_id: runId }) => ({ conversationId, runId }));
    const views = await this.rows.byKeys(
      principal,
      keys.map((key) => ({ ...key, definitionId: definition.id })),
      moment.asOf === null ? null : new Date(moment.asOf),
    );
    const placeOf = new Map(shown.map((place) => [place.conversation_id, place]));
    const edges = views.flatMap((node) => {
      const place = placeOf.get(node.conversationId);
      return place ? [{ node, cursor: cursorOf(mark, place) }] : [];
    });
    const [start, end] = [shown.at(0), shown.at(-1)];
    return {
      edges,
      pageInfo: {
        hasNextPage: places.length > first,
        hasPreviousPage: Boolean(after),
        startCursor: start ? cursorOf(mark, start) : null,
        endCursor: end ? cursorOf(mark, end) : null,
      },
      count: () => this.count(asked),
    };
  }

  /** One more than the page holds, to learn whether more follow. */
  private places(asked: Asked, { first, after, mark }: PageRequest & { readonly mark: string }): Promise<Place[]> {
    const parameters = new Parameters(1);
    const key = sortKey(asked.sort, asked.definition.question, parameters);
    const matching = matchingSql(asked, parameters, key.type === 'timestamptz');
    const behind = behindCursor(after, mark, key, asked.direction, parameters);
    const sql = `
      select * from (select selected.conversation_id, selected.run_id, selected.happened_at, ${key.sql} as sort_key
                       ${matching}) found
       where ${behind} order by ${orderOf(key, asked.direction)} limit ${first + 1}`;
    return this.database.query<Place>(asked.principal.workspaceId, sql, parameters.values);
  }

  private async count(asked: Asked): Promise<number> {
    const parameters = new Parameters(1);
    const sql = `select count(*)::integer as count ${matchingSql(asked, parameters)}`;
    const [row] = await this.database.query<{ count: number }>(asked.principal.workspaceId, sql, parameters.values);
    return row?.count ?? 0;
  }
}

const searched = ['selected.title', 'cell.text', 'cell.rationale'] as const;

/**
 * The conversations and cells that are asked for, from `from` on.
 * @param byDate whether few are wanted in the order of the conversations: each is then looked up as it comes, since
 * Postgres, which takes the columns of a key for independent, would read all of them.
 */
function matchingSql({ principal, moment, ...asked }: Asked, parameters: Parameters, byDate = false): string {
  const { projectId, filter, definition, results, words } = asked;
  const selected = parameters.include((first) => selectionSql(principal, { projectId, filter, moment }, first));
  const cells = parameters.include((first) => cellsAsOf(moment.asOf, first));
  const ofDefinition = `definition_id = ${parameters.add(definition.id)}::uuid
                        and project_id = ${parameters.add(projectId)}::uuid`;
  const ofRun = 'one.conversation_id = selected.conversation_id and one.run_id = selected.run_id';
  const joined = byDate
    ? `cross join lateral (select * from ${cells} one where ${ofRun} and ${ofDefinition} offset 0) cell`
    : `join (select * from ${cells} one where ${ofDefinition}) cell using (conversation_id, run_id)`;
  return `
    from (${selected}) selected ${joined}
   where ${resultCondition(results, 'cell', parameters)} and ${searchCondition(words, searched, parameters)}`;
}
