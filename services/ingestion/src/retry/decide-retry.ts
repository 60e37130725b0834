import { HarmonyError, isTerminal, type PipelineStage } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import type { Conversation } from '../domain/conversation.js';

/**
 * The pipeline begins again at this stage; absent: at the one that failed, or that had failures, else with the
 * transcript.
 * @throws HarmonyError NOT_RETRIABLE_NOW until it has ended, NOTHING_TO_RETRY for a stage without what it starts from
 */
export function decideRetry(conversation: Conversation, wanted?: PipelineStage | null): Fact[] {
  const { id, status, failure } = conversation;
  if (!isTerminal(status)) throw new HarmonyError('NOT_RETRIABLE_NOW');
  const fromStage = wanted ?? failure?.stage ?? (status === 'COMPLETED_WITH_ERRORS' ? 'INSIGHTS' : 'TRANSCRIPTION');
  if (!canBegin(conversation, fromStage)) {
    const detail = `There is nothing that the stage ${fromStage} of this conversation could start from.`;
    throw new HarmonyError('NOTHING_TO_RETRY', { detail, facts: { stage: fromStage } });
  }
  return [fact('ConversationRetried', { conversationId: id, fromStage })];
}

/** A stage that no service brings has nothing to begin with; a further one is added here. */
function canBegin({ url, recording, content, transcript }: Conversation, stage: PipelineStage): boolean {
  switch (stage) {
    case 'INTAKE':
      return url !== null;
    case 'TRANSCRIPTION':
      return (recording ?? content) !== null;
    case 'EXTRACTION':
    case 'INSIGHTS':
      return transcript.isRecorded;
    default:
      return false;
  }
}
