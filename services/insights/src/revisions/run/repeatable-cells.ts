import type { Cause } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { Injectable } from '@nestjs/common';
import { AskAnalyst } from '../../analyst/ask-analyst.js';
import { inquiryOf, type Inquiry } from '../../analyst/inquiry.js';
import { OpenCells } from '../../answer-definition/open-cells.js';
import { Conversations } from '../../conversations/conversations.js';
import { decideNotRepeated } from '../../domain/decide-run.js';
import type { Cell, PlannedCell, Run, Settled } from '../../domain/run.js';
import { InsightsStreams } from '../../streams/insights-streams.js';
import { Projects } from '../../streams/projects.js';
import type { RepeatCellPayload } from './repeat-cell.js';
import { Revisions } from './revisions.js';

type Found = Extract<Settled, { readonly finding: unknown }>;

/** A cell that is asked once more, and what was found before. */
export interface RepeatableCell {
  readonly place: Cell;
  readonly found: Found;
  readonly inquiry: Inquiry;
  readonly cause: Cause;
}

/** Gathers what a repetition needs. */
@Injectable()
export class RepeatableCells {
  constructor(
    private readonly cells: OpenCells,
    private readonly insights: InsightsStreams,
    private readonly conversations: Conversations,
    private readonly projects: Projects,
    private readonly revisions: Revisions,
    private readonly analyst: AskAnalyst,
  ) {}

  /**
   * Undefined where there is nothing to repeat: it was repeated, nobody found anything, the answer would be made from
   * something else than before, or nobody wants to know any more.
   * @throws HarmonyError STREAM_DELETED
   */
  async open(payload: RepeatCellPayload, context: JobContext): Promise<RepeatableCell | undefined> {
    const { conversationId, runId, definitionId } = payload;
    const run = (await this.insights.load(conversationId)).state?.runs.get(runId);
    const cell = run?.cells.get(definitionId);
    const found = cell && foundIn(cell);
    if (!run || !found || run.repeated.has(definitionId)) return undefined;
    const inquiry = await this.inquiryOf(payload, run, cell, context);
    if (!inquiry || this.analyst.identityOf(inquiry).identity !== found.identity) return undefined;
    const { settled: _, ...place } = cell;
    return { place, found, inquiry, cause: this.cells.causeOf(run, context) };
  }

  /** Says that it is not repeated, so that the revision does not wait for it. @throws HarmonyError STREAM_DELETED */
  async skip({ conversationId, runId, definitionId }: RepeatCellPayload, context: JobContext): Promise<void> {
    const run = (await this.insights.load(conversationId)).state?.runs.get(runId);
    if (!run) return;
    await this.insights.append(conversationId, {
      ...{ cause: this.cells.causeOf(run, context), name: `not repeated/${definitionId}` },
      decide: (now) => decideNotRepeated(now, { runId, definitionId }),
    });
  }

  /** Undefined where nobody wants to know any more. */
  private async inquiryOf(
    { conversationId, revisionId }: RepeatCellPayload,
    run: Run,
    { projectId, definitionId, definitionVersion }: Cell,
    context: JobContext,
  ): Promise<Inquiry | undefined> {
    const { state: project } = await this.projects.recent(projectId);
    const { state: conversation } = await this.conversations.recent(conversationId);
    if (!project || project.isDeleted || !conversation || conversation.isDeleted) return undefined;
    if (await this.revisions.isCancelled(projectId, revisionId)) return undefined;
    const knowledge = await this.cells.knowledgeOf(run, project, context);
    const version = knowledge.project.definitions.get(definitionId)?.versions[definitionVersion - 1];
    return version && inquiryOf(version, knowledge, conversation, run.transcriptVersion);
  }
}

const foundIn = ({ settled }: PlannedCell): Found | undefined =>
  settled && 'finding' in settled ? settled : undefined;
