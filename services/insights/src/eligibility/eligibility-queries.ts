import { requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { HarmonyError, type Eligibility } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { Conversations } from '../conversations/conversations.js';
import type { Project } from '../domain/project.js';
import { InsightsQueries } from '../read-model/insights-queries.js';
import { projectScope } from '../read-model/project-queries.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { Projects, Settings } from '../streams/projects.js';
import { isGone } from '../streams/unless-deleted.js';
import { JudgedCriteria, type Candidate } from './judged-criteria.js';

export interface ProjectEligibilityView extends Eligibility {
  readonly projectName: string;
}

/** Says why a conversation is in a project or out of it, as things are now; no model is asked. */
@Injectable()
export class EligibilityQueries {
  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    private readonly readable: InsightsQueries,
    private readonly conversations: Conversations,
    private readonly insights: InsightsStreams,
    private readonly projects: Projects,
    private readonly settings: Settings,
    private readonly judgedCriteria: JudgedCriteria,
  ) {}

  /**
   * For each project that the reader may read, the first ones first.
   * @throws HarmonyError NOT_FOUND for an unknown id and for one that the reader may not see, alike;
   *   EXTRACTION_NOT_READY before the conversation was looked through.
   */
  async ofConversation(principal: Principal, conversationId: string): Promise<ProjectEligibilityView[]> {
    await this.readable.requireReadable(principal, [conversationId]);
    const candidate = await this.candidate(principal, conversationId.toLowerCase());
    const projects = await this.projectsOf(principal);
    return Promise.all(
      projects.map(async (project) => ({
        ...(await this.judgedCriteria.eligibility(candidate, project, async () => undefined)),
        projectName: project.name,
      })),
    );
  }

  private async candidate({ workspaceId }: Principal, conversationId: string): Promise<Candidate> {
    try {
      const { state: conversation } = await this.conversations.load(conversationId);
      if (!conversation || conversation.isDeleted) throw new HarmonyError('NOT_FOUND');
      if (!conversation.extraction) throw new HarmonyError('EXTRACTION_NOT_READY');
      const { state: insights } = await this.insights.load(conversationId);
      const { state: settings } = await this.settings.load(workspaceId);
      return { conversation, transcriptVersion: conversation.extraction.transcriptVersion, settings, insights };
    } catch (error) {
      throw isGone(error) ? new HarmonyError('NOT_FOUND') : error;
    }
  }

  private async projectsOf(principal: Principal): Promise<Project[]> {
    const scope = scopeFilter(principal, requirePermission(principal, 'projects', 'read'), 1, projectScope);
    const rows = await this.database.query<{ id: string }>(
      principal.workspaceId,
      `select id from insights.projects where ${scope.sql} order by created_at, id`,
      scope.parameters,
    );
    const loaded = await Promise.all(rows.map(({ id }) => this.projects.load(id)));
    return loaded.flatMap(({ state }) => (state && !state.isDeleted ? [state] : []));
  }
}
