import type { EventDataOf, HarmonyEvent, InsightBudget } from '@harmony/contracts';

/** What a workspace sets for the analysis of all its conversations, folded from `analysis-<workspaceId>`. */
export interface AnalysisSettings {
  readonly handbook: string;
  readonly budget: InsightBudget;
  /** While insight jobs wait for the budget; null while they go on. */
  readonly paused: EventDataOf<'InsightsPaused'> | null;
}

/** What holds where nothing was ever set. */
export const noSettings: AnalysisSettings = {
  handbook: '',
  budget: { calls: null, tokens: null, costMicros: null },
  paused: null,
};

/** The settings after one more event. */
export function evolve(settings: AnalysisSettings | undefined, event: HarmonyEvent): AnalysisSettings {
  const before = settings ?? noSettings;
  switch (event.type) {
    case 'HandbookChanged':
      return { ...before, handbook: event.data.handbook };
    case 'InsightBudgetChanged':
      return { ...before, budget: event.data.budget };
    case 'InsightsPaused':
      return { ...before, paused: event.data };
    case 'InsightsResumed':
      return { ...before, paused: null };
    default:
      return before;
  }
}
