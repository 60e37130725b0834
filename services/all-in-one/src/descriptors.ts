import { ingestion } from '@harmony/service-ingestion';
import { workspaceService } from '@harmony/service-workspace';

/** Every service there is. A new one is added here and nowhere else. */
export const descriptors = [workspaceService, ingestion] as const;
