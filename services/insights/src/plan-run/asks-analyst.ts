import type { Project } from '../domain/project.js';

/** Whether some criterion of the project cannot be decided by facts alone. */
export const asksAnalyst = ({ criteria }: Pick<Project, 'criteria'>): boolean =>
  [...criteria.values()].some(({ criterion }) => criterion.type !== 'ATTRIBUTE');
