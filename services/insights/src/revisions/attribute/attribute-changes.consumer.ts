import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { drawChangesJob, newAttributeJob, type DrawChangesPayload } from './attribute-changes.js';

/** Has changed results drawn where somebody asks what made them change, and each of them looked at. */
@Controller()
export class AttributeChangesConsumer {
  constructor(@Inject(JOB_QUEUE) private readonly jobs: JobQueue) {}

  @EventPattern<EventType>('RevisionAttributionRequested')
  async onRequested(
    @Payload() { id: requestedBy, workspaceId, correlationId, data }: EventOf<'RevisionAttributionRequested'>,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    const payload: DrawChangesPayload = { ...data, requestedBy };
    const place = { workspaceId, correlationId, key: requestedBy, priority: 'live' as const };
    await context.once((transaction) => this.jobs.enqueue({ name: drawChangesJob, ...place, payload }, transaction));
  }

  @EventPattern<EventType>('RevisionChangesDrawn')
  async onDrawn(@Payload() event: EventOf<'RevisionChangesDrawn'>, @Ctx() context: MessageContext): Promise<void> {
    const { revisionId, requestedBy, changes } = event.data;
    const jobs = changes.map((change) => newAttributeJob(event, { revisionId, requestedBy, ...change }));
    await context.once((transaction) => this.jobs.enqueueAll(jobs, transaction));
  }
}
