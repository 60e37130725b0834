import type { HarmonyEvent } from '@harmony/contracts';

/** What a revision needs to know of its project, folded from its stream. */
export interface Project {
  readonly workspaceId: string;
  readonly createdBy: string;
  readonly teamIds: readonly string[];
  /** Those that are there, with the version that is asked. */
  readonly definitions: ReadonlyMap<string, { readonly version: number; readonly isActive: boolean }>;
  readonly isDeleted: boolean;
}

/** The project after one more event; undefined before it is created. */
export function evolve(project: Project | undefined, event: HarmonyEvent): Project | undefined {
  if (event.type === 'ProjectCreated') {
    const { createdBy, teamIds } = event.data;
    return { workspaceId: event.workspaceId, createdBy, teamIds, definitions: new Map(), isDeleted: false };
  }
  if (!project) return undefined;
  switch (event.type) {
    case 'ProjectChanged':
      return { ...project, teamIds: event.data.teamIds ?? project.teamIds };
    case 'ProjectDeleted':
      return { ...project, isDeleted: true };
    case 'DefinitionCreated':
      return withDefinition(project, event.data.definitionId, {
        version: event.data.definitionVersion,
        isActive: event.data.isActive,
      });
    case 'DefinitionEdited':
      return withDefinition(project, event.data.definitionId, { version: event.data.definitionVersion });
    case 'DefinitionActivated':
      return withDefinition(project, event.data.definitionId, { isActive: true });
    case 'DefinitionDeactivated':
      return withDefinition(project, event.data.definitionId, { isActive: false });
    case 'DefinitionRemoved':
      return {
        ...project,
        definitions: new Map([...project.definitions].filter(([id]) => id !== event.data.definitionId)),
      };
    default:
      return project;
  }
}

function withDefinition(project: Project, id: string, change: { version?: number; isActive?: boolean }): Project {
  const before = project.definitions.get(id) ?? { version: 1, isActive: false };
  return { ...project, definitions: new Map(project.definitions).set(id, { ...before, ...change }) };
}

/** What a revision that is asked for now asks. */
export const activeDefinitions = ({
  definitions,
}: Project): { readonly definitionId: string; readonly definitionVersion: number }[] =>
  [...definitions].flatMap(([definitionId, { version, isActive }]) =>
    isActive ? [{ definitionId, definitionVersion: version }] : [],
  );
