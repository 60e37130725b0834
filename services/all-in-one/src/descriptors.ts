import { ingestion } from '@harmony/service-ingestion';
import { transcription } from '@harmony/service-transcription';
import { workspaceService } from '@harmony/service-workspace';

/** Every service there is. A new one is added here and nowhere else. */
export const descriptors = [workspaceService, ingestion, transcription] as const;
