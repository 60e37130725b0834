import { z } from 'zod';
import { usage } from '../../insights/result.js';
import { planEstimate, planSummary, revisionDigest } from '../../revisions/plan.js';
import { revisionInput } from '../../revisions/revision-input.js';
import { maximumAttributionSample, rerunStages, revisionOutcomes } from '../../revisions/shared.js';
import { defineEvent } from '../definition.js';

const count = z.int().nonnegative();
/** 1 for the first try; grows by one whenever what failed is tried again. */
const attempt = z.int().positive();
const about = { revisionId: z.uuid(), projectId: z.uuid() };

/** How the conversations of a revision ended, over all attempts. */
const conversationCounts = z.object({
  planned: count,
  completed: count,
  /** Some definition failed. */
  completedWithErrors: count,
  failed: count,
  /** Deleted meanwhile, or not begun when the revision was cancelled. */
  skipped: count,
});
export type RevisionCounts = z.output<typeof conversationCounts>;

/**
 * The past of a project, run again. All revisions of a project have one stream, `revision-<projectId>`, so that two
 * people who press at once get one winner. What a revision covers is in `revision-plan-<revisionId>`.
 */
export const revisionEvents = {
  RevisionRequested: defineEvent({
    type: 'RevisionRequested',
    schema: z.object({
      ...about,
      /** Counts the revisions of the project, from 1. */
      number: z.int().positive(),
      /** Null for a part of another revision. */
      input: revisionInput.nullable(),
      /** Of another revision, the definitions to take over; everything else stays as it is in force (B14). */
      part: z.object({ ofRevisionId: z.uuid(), definitionIds: z.array(z.uuid()).min(1) }).nullable(),
      /** Revisions of the streams of the project and of the workspace's analysis: questions are asked as they were then. */
      projectRevision: count,
      /** Null where the workspace has set nothing yet. */
      analysisRevision: count.nullable(),
      definitions: z.array(z.object({ definitionId: z.uuid(), definitionVersion: z.int().positive() })),
      /** What the preview had said; null where nobody looked at it. */
      previewed: z.object({ conversations: count, scopeDigest: z.string().length(64) }).nullable(),
    }),
  }),
  /**
   * From here on no conversation is added to this attempt. In the stream of the plan, behind its last batch; its figures
   * are those of the attempt.
   */
  RevisionPlanned: defineEvent({
    type: 'RevisionPlanned',
    schema: z.object({
      ...about,
      /** Absent in the first one. */
      attempt: attempt.optional(),
      ...{ summary: planSummary, estimate: planEstimate },
    }),
  }),
  /** Conversations with what is done about them; a try of what failed brings batches of its own. In the stream of the plan. */
  RevisionBatchPlanned: defineEvent({
    type: 'RevisionBatchPlanned',
    schema: z.object({
      ...about,
      attempt,
      conversations: z.array(
        z.object({
          conversationId: z.uuid(),
          runId: z.uuid(),
          stage: z.enum(rerunStages),
          /** Definitions whose cells are asked, for the first time or again; all others are carried over. */
          asked: z.array(z.uuid()),
          /** Definitions whose unchanged cells are asked again for the noise floor. */
          repeated: z.array(z.uuid()),
        }),
      ),
      /** How many of these conversations an earlier attempt has planned before; absent for none. */
      plannedBefore: count.optional(),
    }),
    publicSchema: z.object({ ...about, attempt, conversationCount: count }),
    publicData: ({ revisionId, projectId, attempt: tried, conversations }) => ({
      ...{ revisionId, projectId, attempt: tried, conversationCount: conversations.length },
    }),
  }),
  /**
   * What the revision had found when it was put in force, as one figure: whoever builds the results from the log anew
   * finds the same (B9). In the stream of the plan.
   */
  RevisionDigested: defineEvent({
    type: 'RevisionDigested',
    schema: z.object({
      ...about,
      /** Id of the event that put it in force. */
      madeLive: z.uuid(),
      ...revisionDigest.shape,
    }),
  }),
  /** It could not be said what is to be run again; the revision failed as a whole. In the stream of the plan. */
  RevisionPlanFailed: defineEvent({
    type: 'RevisionPlanFailed',
    schema: z.object({
      ...about,
      /** Absent in events of before it was said: the one that is under way then. */
      attempt: attempt.optional(),
      code: z.string().min(1),
    }),
  }),
  /** Every conversation of the plan is settled. */
  RevisionCompleted: defineEvent({
    type: 'RevisionCompleted',
    schema: z.object({
      ...{ ...about, attempt },
      outcome: z.enum(revisionOutcomes).exclude(['PROCESSING', 'CANCELLED']),
      counts: conversationCounts,
      usage,
    }),
  }),
  /** What is under way ends, what has not begun never does. */
  RevisionCancelled: defineEvent({ type: 'RevisionCancelled', schema: z.object(about) }),
  /** What failed is tried again, and nothing else. */
  RevisionRetried: defineEvent({ type: 'RevisionRetried', schema: z.object({ ...about, attempt }) }),
  RevisionPublished: defineEvent({ type: 'RevisionPublished', schema: z.object(about) }),
  /** Somebody wants to know what made results change: a sample of them is asked again, one input at a time (B7). */
  RevisionAttributionRequested: defineEvent({
    type: 'RevisionAttributionRequested',
    schema: z.object({ ...about, sample: z.int().min(1).max(maximumAttributionSample) }),
  }),
  /** Which changed results are looked at, drawn by lot. In the stream of the plan. */
  RevisionChangesDrawn: defineEvent({
    type: 'RevisionChangesDrawn',
    schema: z.object({
      ...about,
      /** Id of the event that asked for it. */
      requestedBy: z.uuid(),
      changes: z
        .array(
          z.object({
            conversationId: z.uuid(),
            runId: z.uuid(),
            /** The run that was in force without the revision. */
            beforeRunId: z.uuid(),
            definitionId: z.uuid(),
          }),
        )
        .max(maximumAttributionSample),
    }),
    publicSchema: z.object({ ...about, changeCount: count }),
    publicData: ({ revisionId, projectId, changes }) => ({ revisionId, projectId, changeCount: changes.length }),
  }),
  /**
   * From here on the revision's runs are in force for the conversations that it covers, whatever was before (D3); an
   * ordinary run that starts later is newer. The same revision may be made live again.
   */
  RevisionMadeLive: defineEvent({
    type: 'RevisionMadeLive',
    schema: z.object({
      ...about,
      /** The one that was live before; null for none. */
      supersededRevisionId: z.uuid().nullable(),
      /** Conversations whose newer ordinary results were replaced, as somebody confirmed; absent for none. */
      replacedNewer: z.int().positive().optional(),
    }),
  }),
  /** It is as if the revision had not been made live the last time: whatever else was in force counts again (D3). */
  RevisionRolledBack: defineEvent({
    type: 'RevisionRolledBack',
    schema: z.object({
      ...about,
      /** Place in this stream, from 0, of the RevisionMadeLive that is rolled back. */
      madeLiveAt: count,
      /** The one that is live again; null for none. */
      restoredRevisionId: z.uuid().nullable(),
    }),
  }),
} as const;
