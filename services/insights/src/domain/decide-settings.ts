import type { InsightBudget } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { isDeepStrictEqual } from 'node:util';
import { noSettings, type AnalysisSettings } from './analysis-settings.js';

/** It is used from then on; past answers stay. */
export const setHandbook = (settings: AnalysisSettings | undefined, handbook: string): Fact[] =>
  (settings ?? noSettings).handbook === handbook ? [] : [fact('HandbookChanged', { handbook })];

export const setInsightBudget = (settings: AnalysisSettings | undefined, budget: InsightBudget): Fact[] =>
  isDeepStrictEqual((settings ?? noSettings).budget, budget) ? [] : [fact('InsightBudgetChanged', { budget })];
