import type { HarmonyEvent, PipelineStage } from '@harmony/contracts';

/** How far the answers about a conversation are, folded from its stream. */
export interface InsightsProgress {
  /** Whether the transcript that is there was looked through. */
  readonly isExtracted: boolean;
  /** Id of the event that asks for answers, from which the id of their run derives; null until that is their turn. */
  readonly askedBy: string | null;
  /** When the running try began, ISO 8601; null between tries. */
  readonly startedAt: string | null;
}

export const noInsights: InsightsProgress = { isExtracted: false, askedBy: null, startedAt: null };

/** Stages after which the conversation is looked through anew. */
const earlierStages: readonly PipelineStage[] = ['INTAKE', 'TRANSCRIPTION', 'EXTRACTION'];

/** After one more event. */
export function evolveInsights(insights: InsightsProgress, event: HarmonyEvent): InsightsProgress {
  switch (event.type) {
    case 'TranscriptRecorded':
      return noInsights;
    case 'ExtractionRecorded':
      return { isExtracted: true, askedBy: event.id, startedAt: null };
    case 'ConversationRetried': {
      const isExtracted = insights.isExtracted && !earlierStages.includes(event.data.fromStage);
      return { isExtracted, askedBy: isExtracted ? event.id : null, startedAt: null };
    }
    case 'StageStarted':
      return event.data.stage === 'INSIGHTS' ? { ...insights, startedAt: event.occurredAt } : insights;
    default:
      return insights;
  }
}
