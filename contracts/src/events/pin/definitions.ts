import { z } from 'zod';
import { defineEvent } from '../definition.js';

const pin = z.object({ userId: z.uuid(), projectId: z.uuid() });

/** What somebody keeps at hand (F11). Stream `pin-<userId>`. */
export const pinEvents = {
  ProjectPinned: defineEvent({ type: 'ProjectPinned', schema: pin }),
  ProjectUnpinned: defineEvent({ type: 'ProjectUnpinned', schema: pin }),
} as const;
