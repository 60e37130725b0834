import type { EventDataOf, EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { newAnswerJob, payloadOf, priorityOf } from '../answer-definition/answer-definition.js';
import { answerRunJob, type AnswerRunPayload } from '../answer-definition/answer-run.js';
import { eraseInsightsJob, type ErasePayload } from '../erase/erase.js';
import { planRunJob, type PlanPayload } from '../plan-run/plan-run.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { resumeJob, type ResumePayload } from '../usage/resume.js';

/** Turns what happened into the work that follows from it. */
@Controller()
export class InsightsConsumer {
  constructor(
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    private readonly analyst: AskAnalyst,
    private readonly insights: InsightsStreams,
  ) {}

  @EventPattern<EventType>('ExtractionRecorded')
  async onExtracted(@Payload() event: EventOf<'ExtractionRecorded'>, @Ctx() context: MessageContext): Promise<void> {
    await this.plan(event, context);
  }

  /** A retry of an earlier stage comes here with what that stage records. */
  @EventPattern<EventType>('ConversationRetried')
  async onRetried(@Payload() event: EventOf<'ConversationRetried'>, @Ctx() context: MessageContext): Promise<void> {
    if (event.data.fromStage === 'INSIGHTS') await this.plan(event, context);
  }

  /**
   * A job for each cell; one for all of them where nobody is to be waited for, and none where they came with the start.
   * Runs of revisions have jobs already, so that thousands of them hold nobody up here.
   */
  @EventPattern<EventType>('InsightsRunStarted')
  async onStarted(@Payload() event: EventOf<'InsightsRunStarted'>, @Ctx() context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, data } = event;
    const { conversationId, runId, kind } = data;
    if (kind === 'REVISION') return;
    const open = data.cells.filter(({ carriedFrom }) => !carriedFrom);
    if (this.isAnswered(data)) return;
    await context.once(async (transaction) => {
      const jobs = this.analyst.isMetered
        ? open.map((cell) =>
            newAnswerJob({ workspaceId, correlationId, kind, payload: payloadOf(cell, conversationId, runId) }),
          )
        : open.slice(0, 1).map(() => ({
            ...{ name: answerRunJob, workspaceId, correlationId, key: runId, priority: priorityOf(kind) },
            payload: { conversationId, runId } satisfies AnswerRunPayload,
          }));
      await this.jobs.enqueueAll(jobs, transaction);
    });
  }

  @EventPattern<EventType>('ConversationDeleted')
  async onDeleted(@Payload() event: EventOf<'ConversationDeleted'>, @Ctx() context: MessageContext): Promise<void> {
    await this.erase(event, event.id, context);
  }

  /** Whoever is late finds the stream with the deletion gone, and the tombstone in its place. */
  @EventPattern<EventType>('ConversationErased')
  async onErased(@Payload() event: EventOf<'ConversationErased'>, @Ctx() context: MessageContext): Promise<void> {
    await this.erase(event, event.causationId, context);
  }

  @EventPattern<EventType>('InsightBudgetChanged')
  async onBudgetChanged(
    @Payload() event: EventOf<'InsightBudgetChanged'>,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    const { workspaceId, correlationId, id } = event;
    const payload: ResumePayload = { cause: id };
    const job = { ...resumeJob, workspaceId, correlationId, key: `${workspaceId}/${id}`, payload };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }

  /** @param cause id of the event that deleted the conversation */
  private async erase(
    { workspaceId, correlationId, data }: EventOf<'ConversationDeleted' | 'ConversationErased'>,
    cause: string,
    context: MessageContext,
  ): Promise<void> {
    const payload: ErasePayload = { erasedConversationId: data.conversationId, cause };
    const job = { ...eraseInsightsJob, workspaceId, correlationId, key: data.conversationId, payload };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }

  /** As far as this process knows: nothing is lost by another job. */
  private isAnswered({ conversationId, runId }: EventDataOf<'InsightsRunStarted'>): boolean {
    return this.insights.known(conversationId)?.runs.get(runId)?.isCompleted ?? false;
  }

  private async plan(
    { workspaceId, correlationId, id, data }: EventOf<'ExtractionRecorded' | 'ConversationRetried'>,
    context: MessageContext,
  ): Promise<void> {
    const payload: PlanPayload = { conversationId: data.conversationId, cause: id };
    const job = { name: planRunJob, workspaceId, correlationId, key: id, priority: 'live' as const, payload };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }
}
