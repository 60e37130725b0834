import { z } from 'zod';
import { defineEvent } from '../definition.js';

/** The past of a project, run again. Stream `revision-<id>`. */
export const revisionEvents = {
  /**
   * From here on the revision's runs are in force for the conversations that it covers, whatever was before (D3); an
   * ordinary run that starts later is newer. The same revision may be made live again.
   */
  RevisionMadeLive: defineEvent({
    type: 'RevisionMadeLive',
    schema: z.object({
      revisionId: z.uuid(),
      projectId: z.uuid(),
      /** The one that was live before; null for none. */
      supersededRevisionId: z.uuid().nullable(),
    }),
  }),
} as const;
