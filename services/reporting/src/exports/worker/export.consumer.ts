import type { EventOf, EventType } from '@harmony/contracts';
import type { JobQueue, MessageContext } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { removeExportJob, writeExportJob, type RemoveExportPayload, type WriteExportPayload } from './jobs.js';

type Ended = EventOf<'ExportCompleted' | 'ExportCancelled' | 'ExportFailed'>;

/** Has exports written, and their files removed. */
@Controller()
export class ExportConsumer {
  constructor(@Inject(JOB_QUEUE) private readonly jobs: JobQueue) {}

  @EventPattern<EventType>('ExportRequested')
  async onRequested(@Payload() event: EventOf<'ExportRequested'>, @Ctx() context: MessageContext): Promise<void> {
    const { workspaceId, correlationId, data } = event;
    const payload: WriteExportPayload = { exportId: data.exportId };
    const job = { ...writeExportJob, workspaceId, correlationId, key: data.exportId, payload };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }

  @EventPattern<EventType>('ExportCompleted')
  onCompleted(@Payload() event: EventOf<'ExportCompleted'>, @Ctx() context: MessageContext): Promise<void> {
    return this.remove(event, context, new Date(event.data.expiresAt));
  }

  @EventPattern<EventType>('ExportCancelled')
  onCancelled(@Payload() event: EventOf<'ExportCancelled'>, @Ctx() context: MessageContext): Promise<void> {
    return this.remove(event, context, new Date(event.occurredAt));
  }

  @EventPattern<EventType>('ExportFailed')
  onFailed(@Payload() event: EventOf<'ExportFailed'>, @Ctx() context: MessageContext): Promise<void> {
    return this.remove(event, context, new Date(event.occurredAt));
  }

  private async remove(event: Ended, context: MessageContext, notBefore: Date): Promise<void> {
    const { workspaceId, correlationId, data } = event;
    const payload: RemoveExportPayload = { endedExportId: data.exportId };
    const job = { ...removeExportJob, workspaceId, correlationId, key: data.exportId, payload, notBefore };
    await context.once((transaction) => this.jobs.enqueue(job, transaction));
  }
}
