import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { digestRevisionJob, type DigestRevisionPayload } from './digest-revision.js';

/** Has the digest of a revision published whenever it is put in force. */
@Controller()
export class DigestRevisionConsumer {
  constructor(@Inject(JOB_QUEUE) private readonly jobs: JobQueue) {}

  @EventPattern<EventType>('RevisionMadeLive')
  async onMadeLive(
    @Payload() { id: madeLive, workspaceId, correlationId, data }: EventOf<'RevisionMadeLive'>,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    const payload: DigestRevisionPayload = { revisionId: data.revisionId, projectId: data.projectId, madeLive };
    const place = { workspaceId, correlationId, key: madeLive, priority: 'revision' as const };
    await context.once((transaction) => this.jobs.enqueue({ name: digestRevisionJob, ...place, payload }, transaction));
  }
}
