import { z } from 'zod';
import { conversationStatuses } from '../conversation-status.js';
import { startStages } from './shared.js';

/** The longest range of one revision, in days (F24). */
export const maximumRevisionDays = 90;

/** The most unchanged cells that one revision asks again to learn how much answers move by themselves. */
export const maximumNoiseSample = 200;

const dayMs = 24 * 60 * 60_000;

/**
 * The form of a revision (F24 to F28), complete: which conversations of a project, and from where on they are run again.
 * A conversation is in the range by when it took place, else by when it came in; `to` is excluded.
 */
export const revisionInput = z
  .object({
    projectId: z.uuid(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    startStage: z.enum(startStages).default('AUTO'),
    /** Completed conversations too; otherwise only incomplete ones. */
    includeCompleted: z.boolean().default(false),
    /** Exactly these statuses, whatever `includeCompleted` says; an empty list names none. */
    statuses: z.array(z.enum(conversationStatuses)).max(conversationStatuses.length).default([]),
    /** Asks every cell again, also where nothing has changed. */
    force: z.boolean().default(false),
    /** How many unchanged cells are asked again, beside the revision, for the noise floor (B6). */
    noiseSample: z.int().min(0).max(maximumNoiseSample).default(0),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ['to'],
    error: 'The end of the range is after its start.',
  })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= maximumRevisionDays * dayMs, {
    path: ['to'],
    error: `A revision covers at most ${maximumRevisionDays} days.`,
  });
export type RevisionInput = z.output<typeof revisionInput>;
