import { conditionProblem } from '@harmony/analysis';
import { HarmonyError, type Condition, type FieldError, type Goal, type Scorecard } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { isDeepStrictEqual } from 'node:util';
import { requireRoom } from './limits.js';
import { latestVersion, type Project } from './project.js';

/** @throws HarmonyError RULE_DOES_NOT_FIT, PROJECT_LIMIT */
export function setGoal(project: Project, goalId: string, goal: Goal): Fact[] {
  const { id: projectId, goals } = project;
  requireFitting(project, goal.conditions, (index) => `/conditions/${index}`);
  if (isDeepStrictEqual(goals.get(goalId), goal)) return [];
  if (!goals.has(goalId)) requireRoom('goals', goals.size);
  return [fact('GoalSet', { projectId, goalId, goal })];
}

/** @throws HarmonyError UNKNOWN_GOAL */
export function removeGoal(project: Project, goalId: string): Fact[] {
  requireGoal(project, goalId);
  return [fact('GoalRemoved', { projectId: project.id, goalId })];
}

/** @throws HarmonyError UNKNOWN_GOAL */
export function requireGoal({ goals }: Project, goalId: string): void {
  if (!goals.has(goalId)) throw new HarmonyError('UNKNOWN_GOAL');
}

/** @throws HarmonyError RULE_DOES_NOT_FIT, PROJECT_LIMIT */
export function setScorecard(project: Project, scorecardId: string, scorecard: Scorecard): Fact[] {
  const { id: projectId, scorecards } = project;
  const conditions = scorecard.rules.map(({ condition }) => condition);
  requireFitting(project, conditions, (index) => `/rules/${index}/condition`);
  if (isDeepStrictEqual(scorecards.get(scorecardId), scorecard)) return [];
  if (!scorecards.has(scorecardId)) requireRoom('scorecards', scorecards.size);
  return [fact('ScorecardSet', { projectId, scorecardId, scorecard })];
}

/** @throws HarmonyError UNKNOWN_GOAL */
export function removeScorecard(project: Project, scorecardId: string): Fact[] {
  requireScorecard(project, scorecardId);
  return [fact('ScorecardRemoved', { projectId: project.id, scorecardId })];
}

/** @throws HarmonyError UNKNOWN_GOAL */
export function requireScorecard({ scorecards }: Project, scorecardId: string): void {
  if (!scorecards.has(scorecardId)) throw new HarmonyError('UNKNOWN_GOAL');
}

/** Each condition asks what the results of its definition can tell. */
function requireFitting(
  project: Project,
  conditions: readonly Condition[],
  pointerTo: (index: number) => string,
): void {
  const errors = conditions.flatMap((condition, index): FieldError[] => {
    const detail = problemOf(project, condition);
    return detail === undefined ? [] : [{ pointer: pointerTo(index), detail }];
  });
  if (errors.length > 0) throw new HarmonyError('RULE_DOES_NOT_FIT', { errors });
}

function problemOf({ definitions }: Project, condition: Condition): string | undefined {
  const definition = definitions.get(condition.definitionId);
  if (!definition) return 'The project has no definition with this id.';
  return conditionProblem(condition, latestVersion(definition).question);
}
