import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { fetchFileJob } from './fetch-file.job.js';

/** Sees to it that the file of each link is fetched. */
@Controller()
export class UrlImportConsumer {
  constructor(@Inject(JOB_QUEUE) private readonly jobs: JobQueue) {}

  @EventPattern<EventType>('UrlImportRequested')
  async onRequested(@Payload() event: EventOf<'UrlImportRequested'>, @Ctx() context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, data } = event;
    const { conversationId } = data;
    const key = `${fetchFileJob}/${conversationId}`;
    const job = { name: fetchFileJob, workspaceId, correlationId, key, payload: { conversationId } };
    await context.once((transaction) => this.jobs.enqueue({ ...job, priority: 'live' }, transaction));
  }
}
