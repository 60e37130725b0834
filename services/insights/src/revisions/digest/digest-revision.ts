import { z } from 'zod';

/** Says what a revision had found when it was put in force (B9). */
export const digestRevisionJob = 'insights.digest-revision';

export const digestRevisionPayload = z.object({
  revisionId: z.uuid(),
  projectId: z.uuid(),
  /** Id of the event that put it in force. */
  madeLive: z.uuid(),
});
export type DigestRevisionPayload = z.output<typeof digestRevisionPayload>;
