import { type EventDataOf } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { ProjectionProgress } from '@harmony/read-model';
import { EVENT_STORE, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { subjects } from '../projections/usage.table.js';
import { usageProjection } from '../projections/usage.projection.js';

type StageSpending = NonNullable<EventDataOf<'InsightsErased'>['stageSpending']>;

interface StageRow {
  readonly subject_id: StageSpending[number]['stage'];
  readonly hour: Date;
  readonly calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_micros: number;
  readonly transcribed_ms: number;
}

/** What a conversation cost before any project asked about it; its stream may be gone, so the read model is asked. */
@Injectable()
export class StageSpendingOf {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(WORKER_POOL) private readonly pool: Pool,
  ) {}

  async conversation(conversationId: string): Promise<StageSpending> {
    await this.progress.waitFor(usageProjection.name, await this.store.head());
    const { rows } = await this.pool.query<StageRow>(
      `select subject_id, hour, calls::float8, input_tokens::float8, output_tokens::float8, cost_micros::float8,
          transcribed_ms::float8
        from insights.usage where source_id = $1 and subject_id = any($2) order by subject_id, hour`,
      [conversationId, [subjects.extraction, subjects.transcription]],
    );
    return rows.map(({ subject_id: stage, hour, calls, transcribed_ms: transcribedMs, ...row }) => ({
      ...{ stage, hour: hour.toISOString(), transcribedMs },
      usage: { calls, inputTokens: row.input_tokens, outputTokens: row.output_tokens, costMicros: row.cost_micros },
    }));
  }
}
