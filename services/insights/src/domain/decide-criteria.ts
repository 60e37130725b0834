import { HarmonyError, type Criterion } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { isDeepStrictEqual } from 'node:util';
import { requireRoom } from './limits.js';
import type { Project } from './project.js';

/** Each change is a version of its own: what a model said about the one before does not hold for it. @throws HarmonyError PROJECT_LIMIT */
export function setCriterion({ id: projectId, criteria }: Project, criterionId: string, criterion: Criterion): Fact[] {
  const before = criteria.get(criterionId);
  if (before && isDeepStrictEqual(before.criterion, criterion)) return [];
  if (!before) requireRoom('criteria', criteria.size);
  const criterionVersion = (before?.version ?? 0) + 1;
  return [fact('CriterionSet', { projectId, criterionId, criterionVersion, criterion })];
}

/** @throws HarmonyError UNKNOWN_CRITERION */
export function requireCriterion({ criteria }: Project, criterionId: string): void {
  if (!criteria.has(criterionId)) throw new HarmonyError('UNKNOWN_CRITERION');
}

/** @throws HarmonyError UNKNOWN_CRITERION */
export function removeCriterion(project: Project, criterionId: string): Fact[] {
  requireCriterion(project, criterionId);
  return [fact('CriterionRemoved', { projectId: project.id, criterionId })];
}
