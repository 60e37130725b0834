import { HarmonyError, type EventDataOf } from '@harmony/contracts';
import type { Cause, Clock } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { inquiryOf, type Inquiry, type Knowledge } from '../analyst/inquiry.js';
import { Conversations } from '../conversations/conversations.js';
import { pendingCell } from '../domain/decide-run.js';
import type { Insights } from '../domain/insights.js';
import type { Run } from '../domain/run.js';
import type { DefinitionVersion, Project } from '../domain/project.js';
import { Revisions } from '../revisions/run/revisions.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { Projects, Settings } from '../streams/projects.js';
import { systemCause } from '../streams/system-cause.js';
import type { AnswerPayload } from './answer-definition.js';

type DropReason = EventDataOf<'InsightDropped'>['reason'];

/** A cell that is to be answered, or why it is not any more. */
export type OpenCell =
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'DROP'; readonly reason: DropReason; readonly cause: Cause }
  | {
      readonly kind: 'ASK';
      readonly insights: Insights;
      readonly run: Run;
      readonly inquiry: Inquiry;
      readonly cause: Cause;
    };

/** What a cell is asked by. */
export type AskedBy = Knowledge & { readonly project: Project };

/** Gathers what a cell needs, at the version that its run planned. */
@Injectable()
export class OpenCells {
  constructor(
    private readonly insights: InsightsStreams,
    private readonly conversations: Conversations,
    private readonly projects: Projects,
    private readonly settings: Settings,
    private readonly revisions: Revisions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Nothing for a cell that is settled, and for a conversation that is deleted.
   * @param foreseen the state that the start of its run will lead to, where it is not appended yet
   * @throws HarmonyError STREAM_DELETED
   */
  async open(payload: AnswerPayload, context: JobContext, foreseen?: Insights): Promise<OpenCell> {
    const { conversationId, runId, projectId } = payload;
    const insights = foreseen ?? (await this.insightsOf(payload));
    const run = insights?.runs.get(runId);
    if (!insights || !run) throw new HarmonyError('INTERNAL', { detail: `Run ${runId} is not in the log.` });
    const cell = pendingCell(insights, payload);
    if (!cell) return { kind: 'NOTHING' };
    const cause = this.causeOf(run, context);
    const { state: today } = await this.projects.recent(projectId);
    if (!today || today.isDeleted) return { kind: 'DROP', reason: 'PROJECT_DELETED', cause };
    if (await this.isCancelled(run, projectId)) return { kind: 'DROP', reason: 'CANCELLED', cause };
    const knowledge = await this.knowledgeOf(run, today, context);
    const version = plannedVersion(knowledge.project, payload.definitionId, cell.definitionVersion);
    if (!version) return { kind: 'DROP', reason: 'DEFINITION_REMOVED', cause };
    const { state: conversation } = await this.conversations.recent(conversationId);
    if (!conversation || conversation.isDeleted) return { kind: 'NOTHING' };
    const inquiry = inquiryOf(version, knowledge, conversation, run.transcriptVersion);
    return { kind: 'ASK', ...{ insights, run, inquiry, cause } };
  }

  /** As things are now, or as they were when the revision was asked for. */
  async knowledgeOf({ frozen }: Run, today: Project, { workspaceId }: JobContext): Promise<AskedBy> {
    if (!frozen) return { project: today, settings: (await this.settings.recent(workspaceId)).state };
    const project = (await this.projects.at(today.id, frozen.projectRevision)) ?? today;
    return { project, settings: await this.settings.at(workspaceId, frozen.analysisRevision) };
  }

  /** As of now. */
  async isCancelledNow({ revisionId }: Run, projectId: string): Promise<boolean> {
    return revisionId !== null && this.revisions.isCancelledNow(projectId, revisionId);
  }

  private async isCancelled({ revisionId }: Run, projectId: string): Promise<boolean> {
    return revisionId !== null && this.revisions.isCancelled(projectId, revisionId);
  }

  /** What is known to be pending is appended only if it still is. */
  private async insightsOf(payload: AnswerPayload): Promise<Insights | undefined> {
    const known = this.insights.known(payload.conversationId);
    if (pendingCell(known, payload)) return known;
    return (await this.insights.load(payload.conversationId)).state;
  }

  /** Whatever a cell leads to is caused by the start of its run, so that every try leads to the same events. */
  causeOf({ startedBy }: Run, context: JobContext): Cause {
    return systemCause(startedBy, context, this.clock);
  }
}

const plannedVersion = (project: Project, definitionId: string, version: number): DefinitionVersion | undefined =>
  project.definitions.get(definitionId)?.versions[version - 1];
