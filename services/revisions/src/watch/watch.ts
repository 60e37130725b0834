import { z } from 'zod';

/** Looks whether a revision has ended. */
export const watchJob = { name: 'revisions.watch', priority: 'live' } as const;

export const watchPayload = z.object({
  revisionId: z.uuid(),
  projectId: z.uuid(),
  attempt: z.int().positive(),
  /** Counts the jobs of this attempt: each one has the next one made. */
  turn: z.int().positive(),
});
export type WatchPayload = z.output<typeof watchPayload>;

/** A job that is run again has the same one made again, which is one and the same while it waits or runs. */
export const watchKey = ({ revisionId, attempt, turn }: WatchPayload): string => `${revisionId}/${attempt}/${turn}`;

/** Nothing has ended before that, and a project's row in the list is seen as PROCESSING first. */
export const firstLookAfterMs = 300;
