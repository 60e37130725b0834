import { extraction } from '@harmony/service-extraction';
import { ingestion } from '@harmony/service-ingestion';
import { insights } from '@harmony/service-insights';
import { reporting } from '@harmony/service-reporting';
import { revisions } from '@harmony/service-revisions';
import { transcription } from '@harmony/service-transcription';
import { workspaceService } from '@harmony/service-workspace';

/** Every service there is. A new one is added here and nowhere else. */
export const descriptors = [
  workspaceService,
  ingestion,
  transcription,
  extraction,
  insights,
  reporting,
  revisions,
] as const;
