import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { newAnswerJob, payloadOf } from '../answer-definition/answer-definition.js';
import { eraseInsightsJob, type ErasePayload } from '../erase/erase.js';
import { planRunJob, type PlanPayload } from '../plan-run/plan-run.js';
import { resumeJob, type ResumePayload } from '../usage/resume.js';

/** Turns what happened into the work that follows from it. */
@Controller()
export class InsightsConsumer {
  constructor(@Inject(JOB_QUEUE) private readonly jobs: JobQueue) {}

  @EventPattern<EventType>('ExtractionRecorded')
  async onExtracted(@Payload() event: EventOf<'ExtractionRecorded'>, @Ctx() context: MessageContext): Promise<void> {
    await this.plan(event, context);
  }

  /** A retry of an earlier stage comes here with what that stage records. */
  @EventPattern<EventType>('ConversationRetried')
  async onRetried(@Payload() event: EventOf<'ConversationRetried'>, @Ctx() context: MessageContext): Promise<void> {
    if (event.data.fromStage === 'INSIGHTS') await this.plan(event, context);
  }

  @EventPattern<EventType>('InsightsRunStarted')
  async onStarted(@Payload() event: EventOf<'InsightsRunStarted'>, @Ctx() context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, data } = event;
    const { conversationId, runId, kind } = data;
    await context.once(async (transaction) => {
      for (const cell of data.cells) {
        const payload = payloadOf(cell, conversationId, runId);
        await this.jobs.enqueue(newAnswerJob({ workspaceId, correlationId, kind, payload }), transaction);
      }
    });
  }

  @EventPattern<EventType>('ConversationDeleted')
  async onDeleted(@Payload() event: EventOf<'ConversationDeleted'>, @Ctx() context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, id, data } = event;
    const payload: ErasePayload = { erasedConversationId: data.conversationId, cause: id };
    const job = { ...eraseInsightsJob, workspaceId, correlationId, key: data.conversationId, payload };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
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

  private async plan(
    { workspaceId, correlationId, id, data }: EventOf<'ExtractionRecorded' | 'ConversationRetried'>,
    context: MessageContext,
  ): Promise<void> {
    const payload: PlanPayload = { conversationId: data.conversationId, cause: id };
    const job = { name: planRunJob, workspaceId, correlationId, key: id, priority: 'live' as const, payload };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }
}
