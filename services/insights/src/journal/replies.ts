import type { ReplyJournal } from '@harmony/llm';
import { KeptReplies } from '@harmony/llm/service';
import { WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

/** What replies are kept for: a conversation, and the cell or the criterion of it. */
export interface ReplyOwner {
  readonly conversationId: string;
  readonly subject: string;
}

/** Replies about a conversation, until what they are needed for is in the log. */
@Injectable()
export class Replies {
  private readonly kept: KeptReplies;

  constructor(@Inject(WORKER_POOL) pool: Pool) {
    this.kept = new KeptReplies(pool, 'insights.replies');
  }

  journalOf({ conversationId, subject }: ReplyOwner): ReplyJournal {
    return this.kept.journal({ conversation_id: conversationId, subject });
  }

  forget({ conversationId, subject }: ReplyOwner): Promise<void> {
    return this.kept.remove({ conversation_id: conversationId, subject });
  }

  forgetConversation(conversationId: string): Promise<void> {
    return this.kept.remove({ conversation_id: conversationId });
  }
}
