import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { planRevisionJob, type PlanRevisionPayload } from './plan-revision.js';

/** Has a plan written for each revision that is asked for, and for each new try. */
@Controller()
export class PlanRevisionConsumer {
  constructor(@Inject(JOB_QUEUE) private readonly jobs: JobQueue) {}

  @EventPattern<EventType>('RevisionRequested')
  onRequested(@Payload() event: EventOf<'RevisionRequested'>, @Ctx() context: MessageContext): Promise<void> {
    return this.plan(event, 1, context);
  }

  @EventPattern<EventType>('RevisionRetried')
  onRetried(@Payload() event: EventOf<'RevisionRetried'>, @Ctx() context: MessageContext): Promise<void> {
    return this.plan(event, event.data.attempt, context);
  }

  private async plan(
    { workspaceId, correlationId, data }: EventOf<'RevisionRequested' | 'RevisionRetried'>,
    attempt: number,
    context: MessageContext,
  ): Promise<void> {
    const { revisionId, projectId } = data;
    const payload: PlanRevisionPayload = { revisionId, projectId, attempt };
    const key = `${revisionId}/${attempt}`;
    // A person waits for it; what it leads to stands behind live work.
    const job = { name: planRevisionJob, workspaceId, correlationId, key, priority: 'live' as const, payload };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }
}
