import type { PipelineStage } from './events/conversation/shared.js';

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

/** The status of a conversation from the start of a stage on; a stage that is not named here leaves it. */
export const statusDuring: Readonly<Partial<Record<PipelineStage, ConversationStatus>>> = {
  TRANSCRIPTION: 'TRANSCRIBING',
  EXTRACTION: 'EXTRACTING',
  INSIGHTS: 'ANALYZING',
};

/** How a conversation ends, by what its completion says of definitions that could not be answered. */
export const completedStatus = ({ failedInsights }: { readonly failedInsights?: number }): ConversationStatus =>
  failedInsights === undefined ? 'COMPLETED' : 'COMPLETED_WITH_ERRORS';
