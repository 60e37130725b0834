import type { ReplyJournal } from '@harmony/llm';
import { KeptReplies } from '@harmony/llm/service';
import { WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

/** Replies about a conversation, until its extraction is in the log. */
@Injectable()
export class Replies {
  private readonly kept: KeptReplies;

  constructor(@Inject(WORKER_POOL) pool: Pool) {
    this.kept = new KeptReplies(pool, 'extraction.replies');
  }

  journalOf(conversationId: string): ReplyJournal {
    return this.kept.journal({ conversation_id: conversationId });
  }

  forget(conversationId: string): Promise<void> {
    return this.kept.remove({ conversation_id: conversationId });
  }
}
