import { z } from 'zod';
import { usage } from '../../insights/result.js';
import { defineEvent } from '../definition.js';

/** At most this much in any 24 hours; null is no limit. */
export const insightBudget = z.object({
  calls: z.int().positive().nullable(),
  tokens: z.int().positive().nullable(),
  costMicros: z.int().positive().nullable(),
});
export type InsightBudget = z.output<typeof insightBudget>;

/** What a workspace sets for all of its projects, and what is spent outside of runs. Stream `analysis-<workspaceId>`. */
export const analysisEvents = {
  /** Background for every question of every project; added to the project's own knowledge. */
  HandbookChanged: defineEvent({
    type: 'HandbookChanged',
    schema: z.object({ handbook: z.string().max(20_000) }),
    publicSchema: z.object({}),
    publicData: () => ({}),
  }),
  InsightBudgetChanged: defineEvent({
    type: 'InsightBudgetChanged',
    schema: z.object({ budget: insightBudget }),
  }),
  /** Insight jobs wait from here on, until spending of the last 24 hours is below the budget again. */
  InsightsPaused: defineEvent({
    type: 'InsightsPaused',
    schema: z.object({ limit: z.enum(['CALLS', 'TOKENS', 'COST']), resumesAt: z.iso.datetime() }),
  }),
  InsightsResumed: defineEvent({ type: 'InsightsResumed', schema: z.object({}) }),
  /** A definition was tried on some conversations; its answers are kept nowhere. */
  DefinitionTried: defineEvent({
    type: 'DefinitionTried',
    schema: z.object({ trialId: z.uuid(), projectId: z.uuid().nullable(), conversations: z.int().positive(), usage }),
  }),
} as const;
