import type { Goal, GoalEvaluation, RuleOutcome, Scorecard, ScorecardEvaluation } from '@harmony/contracts';
import { evaluateCondition, type RuleResults } from './evaluate-condition.js';

/** Whether a goal is met. ALL: the first NOT_MET decides, then the first UNKNOWN; ANY: the first MET, then UNKNOWN. */
export function evaluateGoal({ match, conditions }: Goal, results: RuleResults): Omit<GoalEvaluation, 'goalId'> {
  const outcomes = conditions.map((condition) => evaluateCondition(condition, results));
  const order: readonly RuleOutcome[] = match === 'ALL' ? ['NOT_MET', 'UNKNOWN', 'MET'] : ['MET', 'UNKNOWN', 'NOT_MET'];
  const outcome = order.find((one) => outcomes.includes(one)) ?? 'UNKNOWN';
  return { outcome, conditions: outcomes };
}

/**
 * The score, from 0 to 100: the weight of the rules that hold over the weight of those that could be decided. Rules
 * that could not be decided neither help nor harm; null when none could.
 */
export function evaluateScorecard(
  { rules }: Scorecard,
  results: RuleResults,
): Omit<ScorecardEvaluation, 'scorecardId'> {
  const outcomes = rules.map(({ condition, weight }) => ({ outcome: evaluateCondition(condition, results), weight }));
  const decided = outcomes.filter(({ outcome }) => outcome !== 'UNKNOWN');
  const all = decided.reduce((sum, { weight }) => sum + weight, 0);
  const contributions = outcomes.map(({ outcome, weight }) => {
    const possible = outcome === 'UNKNOWN' ? 0 : Math.min(100, (100 * weight) / all);
    return { outcome, possible, points: outcome === 'MET' ? possible : 0 };
  });
  const score = contributions.reduce((sum, { points }) => sum + points, 0);
  return { score: decided.length === 0 ? null : Math.min(100, score), rules: contributions };
}
