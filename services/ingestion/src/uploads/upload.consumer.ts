import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { expireUploadJob } from './expire-upload.job.js';

/** Sees to it that no upload stays unfinished for ever. */
@Controller()
export class UploadConsumer {
  constructor(@Inject(JOB_QUEUE) private readonly jobs: JobQueue) {}

  @EventPattern<EventType>('UploadStarted')
  async onStarted(@Payload() event: EventOf<'UploadStarted'>, @Ctx() context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, data } = event;
    const { conversationId, expiresAt } = data;
    const job = {
      ...{ name: expireUploadJob, workspaceId, correlationId, key: conversationId, payload: { conversationId } },
      notBefore: new Date(expiresAt),
      priority: 'revision',
    } as const;
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }
}
