import type { ConversationStatus, EventDataOf, HarmonyEvent, PipelineStage } from '@harmony/contracts';

/** What deciders need to know of a conversation, folded from its stream. */
export interface Conversation {
  readonly id: string;
  readonly status: ConversationStatus;
  readonly content: EventDataOf<'ConversationSubmitted'>['content'];
  /** Id of the event that submitted it: the cause of its transcript. */
  readonly submittedBy: string;
  readonly hasTranscript: boolean;
  readonly failure: { readonly stage: PipelineStage; readonly code: string } | null;
}

/** The conversation after one more event; events of stages that this service does not know change nothing. */
export function evolve(conversation: Conversation | undefined, event: HarmonyEvent): Conversation | undefined {
  if (event.type === 'ConversationSubmitted') {
    const { conversationId, content } = event.data;
    return {
      id: conversationId,
      status: 'QUEUED',
      content,
      submittedBy: event.id,
      hasTranscript: false,
      failure: null,
    };
  }
  if (!conversation) return undefined;
  switch (event.type) {
    case 'TranscriptRecorded':
      return { ...conversation, hasTranscript: true };
    case 'ConversationCompleted':
      return { ...conversation, status: 'COMPLETED' };
    case 'ConversationFailed':
      return { ...conversation, status: 'FAILED', failure: { stage: event.data.stage, code: event.data.code } };
    default:
      return conversation;
  }
}

/** What the pipeline has to do for a conversation. */
export type PipelineStep = 'STRUCTURE_TRANSCRIPT' | 'COMPLETE' | 'NOTHING';

/** The next step: the one place that a further stage of the pipeline extends. */
export function nextStep({ status, hasTranscript }: Conversation): PipelineStep {
  if (status === 'COMPLETED' || status === 'COMPLETED_WITH_ERRORS' || status === 'FAILED') return 'NOTHING';
  return hasTranscript ? 'COMPLETE' : 'STRUCTURE_TRANSCRIPT';
}
