import { requireRevisions, type Directory, type Principal } from '@harmony/access';
import { keyset, toConnection, type Connection, type PageRequest } from '@harmony/api';
import type { ScopedDatabase } from '@harmony/read-model';
import { DIRECTORY, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { DefinitionQueries } from './definition-queries.js';
import { runsInForce, type RunCandidate } from './in-force.js';
import { definitionsOfResults, InsightsQueries, resultColumns } from './insights-queries.js';
import { resultView, runView, type ResultRow, type ResultView, type RunRow, type RunView } from './insights-view.js';
import { runCandidates } from './run-candidates.js';

/** What one run found, of the pipeline or of a revision. */
export interface HistoricResultView {
  readonly run: RunView;
  readonly result: ResultView;
  /** Whether it is what reports show now. */
  readonly isInForce: boolean;
}

type HistoricRow = ResultRow & RunRow & { readonly major: string; readonly minor: string };

const newestFirst = [
  { sql: 'r.major', type: 'bigint' },
  { sql: 'r.minor', type: 'bigint' },
] as const;

/** Reads what a definition found in a conversation over time (B10). */
@Injectable()
export class ResultHistory {
  constructor(
    private readonly insights: InsightsQueries,
    private readonly definitions: DefinitionQueries,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
  ) {}

  /**
   * Of every run that asked it, drafts of revisions included; by when the run began, newest first.
   * @throws HarmonyError FEATURE_DISABLED, FORBIDDEN; NOT_FOUND for a conversation and UNKNOWN_DEFINITION for a
   * definition that is not there or that the reader may not see
   */
  async of(
    principal: Principal,
    { conversationId, definitionId }: { readonly conversationId: string; readonly definitionId: string },
    page: PageRequest,
  ): Promise<Connection<HistoricResultView>> {
    const { workspaceId } = principal;
    await requireRevisions(this.directory, principal);
    await this.insights.requireReadable(principal, [conversationId]);
    const { id, projectId } = await this.definitions.byId(principal, definitionId);
    const { where, orderBy, limit, parameters } = keyset(page, newestFirst, 3, 'desc');
    const [rows, candidates] = await Promise.all([
      this.database.query<HistoricRow>(workspaceId, `${results} and ${where} order by ${orderBy} limit ${limit}`, [
        ...[conversationId, id, ...parameters],
      ]),
      this.database.query<RunCandidate>(workspaceId, runCandidates, [conversationId]),
    ]);
    const inForce = runsInForce(candidates).get(projectId)?.run_id;
    return toConnection(
      page,
      rows,
      ({ major, minor }) => [major, minor],
      (row) => ({ run: runView(row), result: resultView(row), isInForce: row.run_id === inForce }),
    );
  }
}

const results = `
  select ${resultColumns}, r.conversation_id, r.run_id, r.kind, r.revision_id, r.transcript_version, r.eligibility,
         r.cell_count, r.started_at, r.completed_at, r.counts, r.major, r.minor
    from insights.runs r
    join insights.results o on o.conversation_id = r.conversation_id and o.run_id = r.run_id
    ${definitionsOfResults}
   where r.conversation_id = $1 and o.definition_id = $2`;
