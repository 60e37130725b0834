import type { EventOf, EventType } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { forgetArchived, type ProjectionProgress } from '@harmony/read-model';
import { EVENT_STORE, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { Pool } from 'pg';
import { forgetSnapshots } from '../columns/snapshots/column-snapshots.js';
import { reportsProjection } from '../projections/reports.projection.js';

const timeLimitMs = 60_000;

/** Takes away what the projections themselves do not reach: what a replay put aside, and what was made of their rows. */
@Controller()
export class EraseConsumer {
  constructor(
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  /** Once the read model has forgotten the conversation, nobody can put aside or make anything of it any more. */
  @EventPattern<EventType>('ConversationErased')
  async onErased(@Payload() { workspaceId, data }: EventOf<'ConversationErased'>): Promise<void> {
    await this.progress.waitFor(reportsProjection.name, await this.store.head(), timeLimitMs);
    await forgetArchived(this.pool, reportsProjection, data.conversationId);
    await forgetSnapshots(this.pool, workspaceId);
  }
}
