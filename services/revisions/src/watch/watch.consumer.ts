import type { EventOf, EventType } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { CLOCK, JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { firstLookAfterMs, watchJob, watchKey, type WatchPayload } from './watch.js';

/** Has every attempt of a revision watched. */
@Controller()
export class WatchConsumer {
  constructor(
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @EventPattern<EventType>('RevisionRequested')
  onRequested(@Payload() event: EventOf<'RevisionRequested'>, @Ctx() context: MessageContext): Promise<void> {
    return this.watch(event, 1, context);
  }

  @EventPattern<EventType>('RevisionRetried')
  onRetried(@Payload() event: EventOf<'RevisionRetried'>, @Ctx() context: MessageContext): Promise<void> {
    return this.watch(event, event.data.attempt, context);
  }

  private async watch(
    { workspaceId, correlationId, data }: EventOf<'RevisionRequested' | 'RevisionRetried'>,
    attempt: number,
    context: MessageContext,
  ): Promise<void> {
    const { revisionId, projectId } = data;
    const payload: WatchPayload = { revisionId, projectId, attempt, turn: 1 };
    const notBefore = new Date(this.clock.now().getTime() + firstLookAfterMs);
    const job = { ...watchJob, workspaceId, correlationId, key: watchKey(payload), payload, notBefore };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }
}
