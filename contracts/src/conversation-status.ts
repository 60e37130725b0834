/** Where a conversation stands in the pipeline (D1). Everything but the two completed ones counts as incomplete. */
export const conversationStatuses = [
  'UPLOADING',
  'QUEUED',
  'TRANSCRIBING',
  'EXTRACTING',
  'ANALYZING',
  'COMPLETED',
  'COMPLETED_WITH_ERRORS',
  'FAILED',
] as const;

export type ConversationStatus = (typeof conversationStatuses)[number];

/** True once no stage will move the conversation any more. */
export const isTerminal = (status: ConversationStatus): boolean =>
  status === 'COMPLETED' || status === 'COMPLETED_WITH_ERRORS' || status === 'FAILED';
