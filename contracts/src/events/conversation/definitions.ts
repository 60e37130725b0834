import { extractionEvents } from './extraction.js';
import { pipelineEvents } from './pipeline.js';
import { propertyEvents } from './properties.js';
import { recordingEvents } from './recording.js';
import { rerunEvents } from './rerun.js';
import { submissionEvents } from './submission.js';
import { transcriptEvents } from './transcript.js';

export type { ConversationStatistics, Extraction } from './extraction.js';
export {
  conversationSources,
  media,
  participantRoles,
  pipelineStages,
  transcriptFormats,
  type ConversationSource,
  type Medium,
  type ParticipantRole,
  type PipelineStage,
  type StoredObject,
  type TranscriptFormat,
} from './shared.js';

export const conversationEvents = {
  ...submissionEvents,
  ...recordingEvents,
  ...transcriptEvents,
  ...extractionEvents,
  ...pipelineEvents,
  ...propertyEvents,
  ...rerunEvents,
} as const;
