import type { EventDataOf } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { isDeepStrictEqual } from 'node:util';
import type { Project } from './project.js';

/** A project exists from here on; nothing is decided when it already does. */
export const createProject = (project: Project | undefined, data: EventDataOf<'ProjectCreated'>): Fact[] =>
  project ? [] : [fact('ProjectCreated', data)];

export type ProjectChanges = Omit<EventDataOf<'ProjectChanged'>, 'projectId'>;

/** One event with what really changes; none when all is so already. Past conversations keep their answers (F12). */
export function changeProject(project: Project, changes: ProjectChanges): Fact[] {
  const before: Readonly<Record<string, unknown>> = { ...project };
  const isNew = ([name, value]: [string, unknown]): boolean =>
    value !== undefined && !isDeepStrictEqual(value, before[name]);
  const really = Object.entries(changes).filter(isNew);
  return really.length === 0
    ? []
    : [fact('ProjectChanged', { projectId: project.id, ...(Object.fromEntries(really) as ProjectChanges) })];
}

/** Names every version of every definition, so that a read model can forget them. */
export function deleteProject({ id, definitions, removedDefinitions }: Project): Fact[] {
  const all = [...definitions.values(), ...removedDefinitions.values()];
  const counted = all.map(({ id: definitionId, versions }) => ({ definitionId, versionCount: versions.length }));
  return [fact('ProjectDeleted', { projectId: id, definitions: counted })];
}
