import { HarmonyError } from '@harmony/contracts';
import type { Cause, Clock } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { inquiryOf, type Inquiry } from '../analyst/inquiry.js';
import { Conversations } from '../conversations/conversations.js';
import { pendingCell } from '../domain/decide-run.js';
import type { Insights, Run } from '../domain/insights.js';
import type { DefinitionVersion, Project } from '../domain/project.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { Projects, Settings } from '../streams/projects.js';
import type { AnswerPayload } from './answer-definition.js';

/** A cell that is to be answered, or why it is not any more. */
export type OpenCell =
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'DROP'; readonly reason: 'DEFINITION_REMOVED' | 'PROJECT_DELETED'; readonly cause: Cause }
  | {
      readonly kind: 'ASK';
      readonly insights: Insights;
      readonly run: Run;
      readonly inquiry: Inquiry;
      readonly cause: Cause;
    };

/** How long ago what a cell is asked with may have been read: a change comes late by no more than that. */
export const tolerableAgeMs = 200;

/** Gathers what a cell needs, at the version that its run planned. */
@Injectable()
export class OpenCells {
  constructor(
    private readonly insights: InsightsStreams,
    private readonly conversations: Conversations,
    private readonly projects: Projects,
    private readonly settings: Settings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Nothing for a cell that is settled, and for a conversation that is deleted.
   * @throws HarmonyError STREAM_DELETED
   */
  async open(payload: AnswerPayload, context: JobContext): Promise<OpenCell> {
    const { conversationId, runId, projectId } = payload;
    const insights = await this.insightsOf(payload);
    const run = insights?.runs.get(runId);
    if (!insights || !run) throw new HarmonyError('INTERNAL', { detail: `Run ${runId} is not in the log.` });
    const cell = pendingCell(insights, payload);
    if (!cell) return { kind: 'NOTHING' };
    const cause = this.causeOf(run, context);
    const { state: project } = await this.projects.recent(projectId, tolerableAgeMs);
    if (!project || project.isDeleted) return { kind: 'DROP', reason: 'PROJECT_DELETED', cause };
    const version = plannedVersion(project, payload.definitionId, cell.definitionVersion);
    if (!version) return { kind: 'DROP', reason: 'DEFINITION_REMOVED', cause };
    const { state: conversation } = await this.conversations.recent(conversationId, tolerableAgeMs);
    if (!conversation || conversation.isDeleted) return { kind: 'NOTHING' };
    const { state: settings } = await this.settings.recent(context.workspaceId, tolerableAgeMs);
    const inquiry = inquiryOf(version, { project, settings }, conversation, run.transcriptVersion);
    return { kind: 'ASK', ...{ insights, run, inquiry, cause } };
  }

  /** What is known to be pending is appended only if it still is. */
  private async insightsOf(payload: AnswerPayload): Promise<Insights | undefined> {
    const known = this.insights.known(payload.conversationId);
    if (pendingCell(known, payload)) return known;
    return (await this.insights.load(payload.conversationId)).state;
  }

  /** Whatever a cell leads to is caused by the start of its run, so that every try leads to the same events. */
  causeOf({ startedBy: causationId }: Run, { workspaceId, correlationId }: JobContext): Cause {
    const occurredAt = this.clock.now().toISOString();
    return { causationId, correlationId, workspaceId, actor: { kind: 'SYSTEM', id: 'insights' }, occurredAt };
  }
}

const plannedVersion = (project: Project, definitionId: string, version: number): DefinitionVersion | undefined =>
  project.definitions.get(definitionId)?.versions[version - 1];
