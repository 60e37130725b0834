import { evaluateGoal, evaluateScorecard, type RuleResult, type RuleResults } from '@harmony/analysis';
import type { PlannedCell, Run, Scores } from '../domain/run.js';
import type { Project } from '../domain/project.js';

/** Goals and scorecards of a project over what one run found; pure, so that it can be done again at any time. */
export function evaluateProject(project: Project, rulesRevision: number, run: Run): Scores {
  const results = ruleResults(project, run);
  const goals = [...project.goals].map(([goalId, goal]) => ({ goalId, ...evaluateGoal(goal, results) }));
  const scorecards = [...project.scorecards].map(([scorecardId, scorecard]) => ({
    scorecardId,
    ...evaluateScorecard(scorecard, results),
  }));
  return { rulesRevision, goals, scorecards };
}

function ruleResults(project: Project, run: Run): RuleResults {
  const results = new Map<string, RuleResult>();
  for (const cell of run.cells.values()) {
    const result = cell.projectId === project.id ? ruleResult(project, cell) : undefined;
    if (result) results.set(cell.definitionId, result);
  }
  return results;
}

function ruleResult(
  { definitions, removedDefinitions }: Project,
  { definitionId, definitionVersion, settled }: PlannedCell,
): RuleResult | undefined {
  if (settled?.outcome === 'FAILED' || settled?.outcome === 'NOT_DISCUSSED') return { outcome: settled.outcome };
  if (settled?.outcome !== 'ANSWERED' || settled.finding.outcome !== 'ANSWERED') return undefined;
  const definition = definitions.get(definitionId) ?? removedDefinitions.get(definitionId);
  const question = definition?.versions[definitionVersion - 1]?.question;
  return question && { outcome: 'ANSWERED', answer: settled.finding.answer, question };
}
