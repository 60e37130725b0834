import type { ConversationFacts } from '../domain/attribute-filter.js';
import type { Conversation } from './conversation.js';

/** What filters ask of a conversation. */
export function conversationFacts({
  properties,
  submittedAt,
  extraction,
  transcripts,
}: Conversation): ConversationFacts {
  const { teamId, ownerId, medium, tags, customFields, startedAt } = properties;
  const latest = [...transcripts.values()].at(-1);
  return {
    ...{ teamId, ownerId, medium, tags, customFields },
    date: startedAt ?? submittedAt,
    words: latest?.wordCount ?? 0,
    durationMs: extraction?.statistics.durationMs ?? null,
  };
}
