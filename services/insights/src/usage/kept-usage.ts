import { noUsage, type EventDataOf } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { ProjectionProgress } from '@harmony/read-model';
import { EVENT_STORE, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { subjects } from '../projections/usage.table.js';
import { usageProjection } from '../projections/usage.projection.js';

type Erased = EventDataOf<'InsightsErased'>;

/** What of a conversation's usage its insights do not say; it is kept when the conversation goes. */
export type ConversationUsage = Required<Pick<Erased, 'stageSpending' | 'answered'>>;

type StageSpending = ConversationUsage['stageSpending'];

interface StageRow {
  readonly subject_id: StageSpending[number]['stage'];
  readonly hour: Date;
  readonly calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_micros: number;
  readonly transcribed_ms: Readonly<Record<string, number>> | null;
  readonly prepared_ms: number;
}

interface AnsweredRow {
  readonly project_id: string;
  readonly hour: Date;
  readonly definition_ids: string[];
}

/**
 * What a conversation cost before any project asked about it, and what was answered when. Its stream may be gone, so
 * the read model is asked.
 */
@Injectable()
export class KeptUsage {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(WORKER_POOL) private readonly pool: Pool,
  ) {}

  async ofConversation(conversationId: string): Promise<ConversationUsage> {
    await this.progress.waitFor(usageProjection.name, await this.store.head());
    return {
      stageSpending: await this.stageSpending(conversationId),
      answered: await this.answered(conversationId),
    };
  }

  private async stageSpending(conversationId: string): Promise<StageSpending> {
    const { rows } = await this.pool.query<StageRow>(
      `select subject_id, hour, calls::float8, input_tokens::float8, output_tokens::float8, cost_micros::float8,
          transcribed_ms, prepared_ms::float8
        from insights.usage where source_id = $1 and subject_id = any($2) order by subject_id, hour`,
      [conversationId, [subjects.extraction, subjects.transcription]],
    );
    return rows.flatMap(spendingOf);
  }

  private async answered(conversationId: string): Promise<ConversationUsage['answered']> {
    const { rows } = await this.pool.query<AnsweredRow>(
      `select project_id, hour, definition_ids from insights.answered where conversation_id = $1
        order by project_id, hour`,
      [conversationId],
    );
    return rows.map(({ project_id: projectId, hour, definition_ids: definitionIds }) => ({
      ...{ projectId, hour: hour.toISOString(), definitionIds },
    }));
  }
}

/** One for each hour in which the recording was transcribed, what it cost with the first one; one of any other row. */
function spendingOf({ subject_id: stage, hour, calls, transcribed_ms, prepared_ms, ...row }: StageRow): StageSpending {
  const whole = { calls, inputTokens: row.input_tokens, outputTokens: row.output_tokens, costMicros: row.cost_micros };
  const hours = Object.entries(transcribed_ms ?? { [hour.toISOString()]: 0 });
  return hours.map(([at, transcribedMs], index) => ({
    ...{ stage, hour: at, transcribedMs, recordingMs: prepared_ms },
    usage: index === 0 ? whole : noUsage,
  }));
}
