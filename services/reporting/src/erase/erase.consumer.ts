import type { EventOf, EventType } from '@harmony/contracts';
import { forgetArchived } from '@harmony/read-model';
import { WORKER_POOL } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { Pool } from 'pg';
import { reportsProjection } from '../projections/reports.projection.js';

/** Takes away what the projections themselves do not reach: what a replay put aside is no part of the read model. */
@Controller()
export class EraseConsumer {
  constructor(@Inject(WORKER_POOL) private readonly pool: Pool) {}

  @EventPattern<EventType>('ConversationErased')
  async onErased(@Payload() event: EventOf<'ConversationErased'>): Promise<void> {
    await forgetArchived(this.pool, reportsProjection, event.data.conversationId);
  }
}
