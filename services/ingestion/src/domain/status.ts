import type { ConversationStatus, EventDataOf, PipelineStage } from '@harmony/contracts';

/** The status of a conversation from the start of a stage on; a stage that is not named here leaves it. */
export const statusDuring: Readonly<Partial<Record<PipelineStage, ConversationStatus>>> = {
  TRANSCRIPTION: 'TRANSCRIBING',
  EXTRACTION: 'EXTRACTING',
  INSIGHTS: 'ANALYZING',
};

export const completedStatus = ({ failedInsights }: EventDataOf<'ConversationCompleted'>): ConversationStatus =>
  failedInsights === undefined ? 'COMPLETED' : 'COMPLETED_WITH_ERRORS';
