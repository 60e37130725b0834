import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { groupBy } from './group-by.js';
import {
  projectView,
  runView,
  type ConversationInsightsView,
  type ProjectRow,
  type ResultRow,
  type RunRow,
  type ScoresRow,
} from './insights-view.js';

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
   * By the run that is in force; null until the first one began.
   * @throws HarmonyError NOT_FOUND for an unknown id and for one that the reader may not see, alike.
   */
  async ofConversation(principal: Principal, conversationId: string): Promise<ConversationInsightsView | null> {
    await this.requireReadable(principal, [conversationId]);
    const run = await this.runInForce(principal, conversationId);
    if (!run) return null;
    const place = [run.conversation_id, run.run_id];
    const eligible = run.eligibility.flatMap((one) => (one.eligible ? [one.projectId] : []));
    const [projects, results, scores] = await Promise.all([
      this.projects(principal, eligible),
      this.database.query<ResultRow>(principal.workspaceId, resultsOfRun, place),
      this.database.query<ScoresRow>(principal.workspaceId, scoresOfRun, place),
    ]);
    const resultsOf = groupBy(results, ({ project_id: id }) => id);
    return {
      conversationId: run.conversation_id,
      run: runView(run),
      projects: projects.map((project) =>
        projectView(
          project,
          resultsOf.get(project.id) ?? [],
          scores.find(({ project_id: id }) => id === project.id),
        ),
      ),
    };
  }

  private async runInForce({ workspaceId }: Principal, conversationId: string): Promise<RunRow | undefined> {
    const sql = `
      select r.conversation_id, r.run_id, r.kind, r.transcript_version, r.eligibility, r.cell_count, r.started_at,
             r.completed_at, r.counts
        from insights.conversations c
        join insights.runs r on r.conversation_id = c.conversation_id and r.run_id = c.run_in_force::uuid
       where c.conversation_id = $1`;
    return (await this.database.query<RunRow>(workspaceId, sql, [conversationId]))[0];
  }

  private projects({ workspaceId }: Principal, ids: readonly string[]): Promise<ProjectRow[]> {
    const sql = `select id, name, goals, scorecards from insights.projects where id = any($1::uuid[])
                  order by created_at, id`;
    return this.database.query<ProjectRow>(workspaceId, sql, [ids]);
  }
}

const resultsOfRun = `
  select r.project_id, r.definition_id, r.definition_version, d.title, v.question, r.outcome, r.identity,
         r.failure_code, r.from_run_id, r.answer, r.rationale, r.confidence, r.evidence, r.searched, r.origin, r.usage,
         r.duration_ms, r.settled_at
    from insights.results r
    join insights.definitions d on d.id = r.definition_id
    join insights.definition_versions v on v.definition_id = d.id and v.version = r.definition_version::text
   where r.conversation_id = $1 and r.run_id = $2
   order by d.ordinal, d.id`;

const scoresOfRun = `
  select project_id, goals, scorecards, evaluated_at from insights.scores where conversation_id = $1 and run_id = $2`;
