import { fact, type Fact } from '@harmony/kernel';
import type { Conversation } from '../domain/conversation.js';

/** The commit point of a deletion: nothing may follow in the stream. */
export const decideDeletion = ({ id, isDeleted, transcript }: Conversation): Fact[] =>
  isDeleted
    ? []
    : [
        fact('ConversationDeleted', {
          conversationId: id,
          transcripts: transcript.chunkCounts.map((counted) => ({ ...counted })),
        }),
      ];
