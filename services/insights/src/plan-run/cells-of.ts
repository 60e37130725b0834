import type { Eligibility } from '@harmony/contracts';
import type { Cell } from '../domain/run.js';
import { activeDefinitions, latestVersion, type Project } from '../domain/project.js';

/** Every active definition of every project that the conversation belongs into, at its latest version. */
export function cellsOf(projects: readonly Project[], eligibility: readonly Eligibility[]): Cell[] {
  const eligible = new Set(eligibility.flatMap((one) => (one.eligible ? [one.projectId] : [])));
  return projects
    .filter(({ id }) => eligible.has(id))
    .flatMap((project) =>
      activeDefinitions(project).map((definition) => ({
        projectId: project.id,
        definitionId: definition.id,
        definitionVersion: latestVersion(definition).version,
      })),
    );
}
