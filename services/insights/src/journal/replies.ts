import type { ReplyJournal } from '@harmony/llm';
import { WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

/** What replies are kept for: a conversation, and the cell or the criterion of it. */
export interface ReplyOwner {
  readonly conversationId: string;
  readonly subject: string;
}

/** Replies of models in Postgres, until what they are needed for is in the log: no crash pays for one twice. */
@Injectable()
export class Replies {
  constructor(@Inject(WORKER_POOL) private readonly pool: Pool) {}

  journalOf({ conversationId, subject }: ReplyOwner): ReplyJournal {
    const { pool } = this;
    return {
      async get(key) {
        const { rows } = await pool.query<{ reply: unknown }>(
          'select reply from insights.replies where conversation_id = $1 and subject = $2 and key = $3',
          [conversationId, subject, key],
        );
        return rows[0]?.reply;
      },
      async put(key, reply) {
        await pool.query(
          `insert into insights.replies (conversation_id, subject, key, reply) values ($1, $2, $3, $4)
            on conflict (conversation_id, subject, key) do nothing`,
          [conversationId, subject, key, JSON.stringify(reply)],
        );
      },
    };
  }

  async forget({ conversationId, subject }: ReplyOwner): Promise<void> {
    await this.pool.query('delete from insights.replies where conversation_id = $1 and subject = $2', [
      conversationId,
      subject,
    ]);
  }

  async forgetConversation(conversationId: string): Promise<void> {
    await this.pool.query('delete from insights.replies where conversation_id = $1', [conversationId]);
  }
}
