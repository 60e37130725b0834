import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext, NewJob } from '@harmony/messaging';
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
    const { revisionId, projectId } = data;
    await this.digest({ revisionId, projectId, madeLive }, { workspaceId, correlationId }, context);
  }

  @EventPattern<EventType>('RevisionRolledBack')
  async onRolledBack(
    @Payload() { id: madeLive, workspaceId, correlationId, data }: EventOf<'RevisionRolledBack'>,
    @Ctx() context: MessageContext,
  ): Promise<void> {
    const { restoredRevisionId: revisionId, projectId } = data;
    if (revisionId === null) return;
    await this.digest({ revisionId, projectId, madeLive }, { workspaceId, correlationId }, context);
  }

  private async digest(
    payload: DigestRevisionPayload,
    from: Pick<NewJob, 'workspaceId' | 'correlationId'>,
    context: MessageContext,
  ): Promise<void> {
    const job = { name: digestRevisionJob, ...from, key: payload.madeLive, priority: 'revision' as const, payload };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }
}
