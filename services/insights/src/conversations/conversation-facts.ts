import type { ConversationFacts } from '../domain/attribute-filter.js';
import type { Conversation } from './conversation.js';

/** What filters ask of a conversation: of itself, whatever revisions made of it. */
export function conversationFacts({
  properties,
  submittedAt,
  extraction,
  transcripts,
  transcriptVersion,
}: Conversation): ConversationFacts {
  const { teamId, ownerId, medium, tags, customFields, startedAt } = properties;
  const latest = transcriptVersion === null ? undefined : transcripts.get(transcriptVersion);
  return {
    ...{ teamId, ownerId, medium, tags, customFields },
    date: startedAt ?? submittedAt,
    words: latest?.wordCount ?? 0,
    durationMs: extraction?.statistics.durationMs ?? null,
  };
}
