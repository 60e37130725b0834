import { z } from 'zod';
import { analystOrigin, finding, usage } from '../../insights/result.js';
import { attributedEffects } from '../../revisions/shared.js';
import { defineEvent } from '../definition.js';
import { cell, conversationId, durationMs, runId } from './shared.js';

/** What was asked beside a revision, to understand it. */
export const besideRevisionsEvents = {
  /**
   * An unchanged cell was asked again, beside a revision, to learn how much answers move by themselves (B6). It changes
   * no result.
   */
  InsightRepeated: defineEvent({
    type: 'InsightRepeated',
    schema: z.object({
      ...{ ...cell, revisionId: z.uuid() },
      /** Of the answer that was repeated. */
      resultId: z.uuid(),
      /** Null when the analyst failed. */
      finding: finding.nullable(),
      /** Whether the answer is another one now (D5); null when the analyst failed. */
      isChanged: z.boolean().nullable(),
      ...{ origin: analystOrigin, usage, durationMs },
    }),
    publicSchema: z.object({ ...cell, revisionId: z.uuid(), isChanged: z.boolean().nullable() }),
    publicData: ({ revisionId, isChanged, ...data }) => ({
      ...{ conversationId: data.conversationId, runId: data.runId, projectId: data.projectId },
      ...{ definitionId: data.definitionId, definitionVersion: data.definitionVersion, revisionId, isChanged },
    }),
  }),
  /**
   * A cell that was to be asked again is not: it is not in the run, nobody found anything, it would be asked about
   * something else than before, or nobody wants to know any more.
   */
  InsightNotRepeated: defineEvent({
    type: 'InsightNotRepeated',
    schema: z.object({ conversationId, runId, definitionId: z.uuid(), revisionId: z.uuid() }),
  }),
  /**
   * A result that a revision changed was asked again with one input of now at a time, all others as they were (B7). It
   * changes no result.
   */
  ChangeAttributed: defineEvent({
    type: 'ChangeAttributed',
    schema: z.object({
      ...{ ...cell, revisionId: z.uuid(), beforeRunId: runId },
      /** Of the result that changed. */
      resultId: z.uuid(),
      effects: attributedEffects,
      ...{ origin: analystOrigin, usage, durationMs },
    }),
    publicSchema: z.object({ ...cell, revisionId: z.uuid(), effects: attributedEffects }),
    publicData: ({ revisionId, effects, ...data }) => ({
      ...{ conversationId: data.conversationId, runId: data.runId, projectId: data.projectId },
      ...{ definitionId: data.definitionId, definitionVersion: data.definitionVersion, revisionId, effects },
    }),
  }),
} as const;
