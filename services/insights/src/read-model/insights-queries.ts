import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { groupBy } from './group-by.js';
import { runsInForce, type RunCandidate } from './in-force.js';
import {
  projectView,
  runView,
  type ConversationInsightsView,
  type ProjectRow,
  type ResultRow,
  type ScoresRow,
} from './insights-view.js';
import { projectScope } from './project-queries.js';
import { runCandidates } from './run-candidates.js';

/** Conversations that a reader may see (D6); `$n` are numbered from `firstParameter`. */
const readable = (principal: Principal, firstParameter: number): ReturnType<typeof scopeFilter> =>
  scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), firstParameter);

/** Reads what was found in conversations, for whoever may read them. */
@Injectable()
export class InsightsQueries {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /** @throws HarmonyError NOT_FOUND for an unknown id and for one that the reader may not see, alike. */
  async requireReadable(principal: Principal, conversationIds: readonly string[]): Promise<void> {
    const scope = readable(principal, 2);
    const wanted = new Set(conversationIds.map((id) => id.toLowerCase()));
    const rows = [...wanted].every(isUuid)
      ? await this.database.query<{ conversation_id: string }>(
          principal.workspaceId,
          `select conversation_id from insights.conversations where conversation_id = any($1::uuid[]) and ${scope.sql}`,
          [[...wanted], ...scope.parameters],
        )
      : [];
    if (rows.length < wanted.size) throw new HarmonyError('NOT_FOUND');
  }

  /**
   * By the run that is in force, project by project of those that the reader may see; null until the first run began.
   * @throws HarmonyError FORBIDDEN; NOT_FOUND for an unknown id and for one that the reader may not see, alike.
   */
  async ofConversation(principal: Principal, conversationId: string): Promise<ConversationInsightsView | null> {
    await this.requireReadable(principal, [conversationId]);
    const { workspaceId } = principal;
    const scope = scopeFilter(principal, requirePermission(principal, 'projects', 'read'), 2, projectScope);
    const candidates = await this.database.query<RunCandidate>(workspaceId, runCandidates, [conversationId]);
    const [newest] = candidates;
    if (!newest) return null;
    const inForce = runsInForce(candidates);
    const cells = [
      newest.conversation_id,
      [...inForce.values()].map(({ run_id: runId }) => runId),
      [...inForce.keys()],
    ] as const;
    const [projects, results, scores] = await Promise.all([
      this.database.query<ProjectRow>(workspaceId, projectsById(scope.sql), [cells[2], ...scope.parameters]),
      this.database.query<ResultRow>(workspaceId, resultsOfRuns, cells),
      this.database.query<ScoresRow>(workspaceId, scoresOfRuns, cells),
    ]);
    const resultsOf = groupBy(results, ({ project_id: id }) => id);
    return {
      conversationId: newest.conversation_id,
      run: runView(newest),
      projects: projects.map((project) =>
        projectView(
          project,
          inForce.get(project.id) ?? newest,
          resultsOf.get(project.id) ?? [],
          scores.find(({ project_id: id }) => id === project.id),
        ),
      ),
    };
  }
}

const projectsById = (scope: string): string => `
  select id, name, goals, scorecards from insights.projects
   where id = any($1::uuid[]) and ${scope} order by created_at, id`;

const wantedCells = 'unnest($2::uuid[], $3::uuid[]) as wanted(run_id, project_id)';

/** Joined to results `o`: their definitions `d` and the versions `v` that were asked. */
export const definitionsOfResults = `join insights.definitions d on d.id = o.definition_id
    join insights.definition_versions v on v.definition_id = d.id and v.version = o.definition_version::text`;

/** Of a `ResultRow`: from results `o` and {@link definitionsOfResults}. */
export const resultColumns = `o.project_id, o.definition_id, o.definition_version, d.title, v.question, o.outcome, o.identity,
         o.failure_code, o.from_run_id, o.answer, o.rationale, o.confidence, o.evidence, o.searched, o.origin, o.usage,
         o.duration_ms, o.settled_at`;

const resultsOfRuns = `
  select ${resultColumns}
    from ${wantedCells}
    join insights.results o using (run_id, project_id)
    ${definitionsOfResults}
   where o.conversation_id = $1
   order by d.ordinal, d.id`;

const scoresOfRuns = `
  select project_id, goals, scorecards, evaluated_at
    from ${wantedCells} join insights.scores using (run_id, project_id) where conversation_id = $1`;
