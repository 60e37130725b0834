import type { ReplyJournal } from '@harmony/llm';
import { KeptReplies } from '@harmony/llm/service';
import { WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

const own = 'OWN';

/** Replies about a conversation, until what they are for is in the log. */
@Injectable()
export class Replies {
  private readonly kept: KeptReplies;

  constructor(@Inject(WORKER_POOL) pool: Pool) {
    this.kept = new KeptReplies(pool, 'extraction.replies');
  }

  /** @param work what the replies are for: the conversation's own extraction, or the run of a revision */
  journalOf(conversationId: string, work: string = own): ReplyJournal {
    return this.kept.journal({ conversation_id: conversationId, work });
  }

  /** Those of one work. */
  forget(conversationId: string, work: string = own): Promise<void> {
    return this.kept.remove({ conversation_id: conversationId, work });
  }

  /** Whatever they were for. */
  forgetConversation(conversationId: string): Promise<void> {
    return this.kept.remove({ conversation_id: conversationId });
  }
}
