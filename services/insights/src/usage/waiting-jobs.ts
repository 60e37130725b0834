import { newId } from '@harmony/kernel';
import type { JobQueue, NewJob } from '@harmony/messaging';
import { inTransaction } from '@harmony/read-model';
import { JOB_QUEUE, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

interface WaitingRow {
  readonly key: string;
  readonly name: string;
  readonly correlation_id: string;
  readonly priority: NewJob['priority'];
  readonly payload: unknown;
}

export type WaitingJob = NewJob & { readonly payload: { readonly conversationId: string } };

/** Jobs that wait for the budget: out of the queue, so that they take nobody's place. */
@Injectable()
export class WaitingJobs {
  constructor(
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
  ) {}

  async add({ key, name, workspaceId, correlationId, priority, payload }: WaitingJob): Promise<void> {
    await this.pool.query(
      `insert into insights.waiting_jobs (key, name, workspace_id, conversation_id, correlation_id, priority, payload)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict (key) do nothing`,
      [key, name, workspaceId, payload.conversationId, correlationId, priority, JSON.stringify(payload)],
    );
  }

  /**
   * Back into the queue with all that wait; how many there were. Under new keys: whoever put a job here may not have
   * ended yet, and the queue would take the two for one.
   */
  release(workspaceId: string): Promise<number> {
    return inTransaction(this.pool, async (transaction) => {
      const { rows } = await transaction.query<WaitingRow>(
        `delete from insights.waiting_jobs where workspace_id = $1
          returning key, name, correlation_id, priority, payload`,
        [workspaceId],
      );
      const jobs = rows.map(({ key, name, correlation_id: correlationId, priority, payload }) => ({
        ...{ name, workspaceId, correlationId, priority, payload },
        key: `${key}/${newId()}`,
      }));
      await this.jobs.enqueueAll(jobs, transaction);
      return rows.length;
    });
  }

  async forgetConversation(conversationId: string): Promise<void> {
    await this.pool.query('delete from insights.waiting_jobs where conversation_id = $1', [conversationId]);
  }
}
