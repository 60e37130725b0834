import type { ReplyJournal } from '@harmony/llm';
import { WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

/** Replies of models in Postgres, until the extraction is in the log: no crash pays for one twice. */
@Injectable()
export class Replies {
  constructor(@Inject(WORKER_POOL) private readonly pool: Pool) {}

  journalOf(conversationId: string): ReplyJournal {
    return {
      get: async (key) => {
        const sql = 'select reply from extraction.replies where conversation_id = $1 and key = $2';
        const { rows } = await this.pool.query<{ reply: unknown }>(sql, [conversationId, key]);
        return rows[0]?.reply;
      },
      put: async (key, reply) => {
        await this.pool.query(
          `insert into extraction.replies (conversation_id, key, reply) values ($1, $2, $3)
            on conflict (conversation_id, key) do nothing`,
          [conversationId, key, JSON.stringify(reply)],
        );
      },
    };
  }

  /** Harmless where there are none. */
  async forget(conversationId: string): Promise<void> {
    await this.pool.query('delete from extraction.replies where conversation_id = $1', [conversationId]);
  }
}
