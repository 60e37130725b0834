import type { EventOf, EventType } from '@harmony/contracts';
import type { JobContext, JobDefinition, JobQueue, MessageContext } from '@harmony/messaging';
import type { Logger } from '@harmony/observability';
import type { Projection } from '@harmony/read-model';
import { Controller, Inject, Injectable, Module } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { Pool } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { ServiceDescriptor } from '../descriptor.js';
import { JobRunner } from '../job-runner.js';
import { JOB_QUEUE, LOGGER, WORKER_POOL } from '../tokens.js';

/** A service with everything that a worker can have: an event becomes a job, and the job leaves a note. */
class CreateNotes1763700000000 implements MigrationInterface {
  name = 'CreateNotes1763700000000';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table notes (id bigint generated always as identity, text text not null)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notes');
  }
}

@Controller()
class CreatedController {
  constructor(
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @EventPattern<EventType>('WorkspaceCreated')
  async created(@Payload() event: EventOf<'WorkspaceCreated'>, @Ctx() context: MessageContext): Promise<void> {
    this.logger.info('sample handled');
    await context.once((transaction) =>
      this.jobs.enqueue(
        {
          name: 'sample.take-note',
          workspaceId: event.workspaceId,
          correlationId: event.correlationId,
          key: event.id,
          priority: 'live',
          payload: { slow: event.data.name === 'slow' },
        },
        transaction,
      ),
    );
  }
}

@Injectable()
@JobRunner()
class TakeNote implements JobDefinition<{ slow: boolean }> {
  readonly name = 'sample.take-note';
  readonly payload = z.object({ slow: z.boolean() });
  readonly attempts = 3;
  readonly timeLimitMs = 60_000;

  constructor(
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async run({ slow }: { slow: boolean }, { correlationId, signal }: JobContext): Promise<void> {
    this.logger.info('sample job runs');
    if (slow) await pause(3_600_000, undefined, { signal });
    await this.pool.query('insert into sample.notes (text) values ($1)', [correlationId]);
  }
}

@Module({ controllers: [CreatedController], providers: [TakeNote] })
class SampleWorker {}

@Module({})
class SampleApi {}

const sampleProjection: Projection = {
  name: 'sample.workspaces',
  version: 1,
  streamPrefixes: ['workspace-'],
  tables: [
    {
      name: 'workspaces',
      key: ['workspace_id'],
      columns: { workspace_id: 'uuid not null', name: 'text not null' },
      on: {
        WorkspaceCreated: {
          keys: ({ event }) => [[event.workspaceId]],
          evolve: (_, { event }) => ({ workspace_id: event.workspaceId, name: event.data.name }),
        },
      },
    },
  ],
};

export const sampleService: ServiceDescriptor = {
  name: 'sample',
  api: SampleApi,
  worker: SampleWorker,
  projections: [sampleProjection],
  migrations: [CreateNotes1763700000000],
  afterDeadLetter: 'continue',
};
