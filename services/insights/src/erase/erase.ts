import { z } from 'zod';

/** Takes away what was asked about a conversation that was deleted. */
export const eraseInsightsJob = { name: 'insights.erase-conversation', priority: 'live' } as const;

export const erasePayload = z.object({
  /** Not called `conversationId`: whoever erases the conversation cancels the jobs that are. */
  erasedConversationId: z.uuid(),
  /** Id of the event that deleted the conversation. */
  cause: z.string(),
});
export type ErasePayload = z.output<typeof erasePayload>;
