import type { Criterion, EventDataOf, EventOf, Goal, HarmonyEvent, Presentation, Scorecard } from '@harmony/contracts';

/** What is asked, as it was written once; it never changes. */
export type DefinitionVersion = Pick<EventDataOf<'DefinitionCreated'>, 'question' | 'context' | 'usesKnowledge'> & {
  readonly version: number;
};

export interface Definition {
  readonly id: string;
  /** Every version, the first one first: version n is at n - 1. */
  readonly versions: readonly [DefinitionVersion, ...DefinitionVersion[]];
  readonly presentation: Presentation;
  readonly isActive: boolean;
}

/** A project, folded from its stream. Maps keep the order in which things are shown. */
export interface Project {
  readonly id: string;
  readonly workspaceId: string;
  readonly createdBy: string;
  readonly name: string;
  readonly language: string;
  readonly teamIds: readonly string[];
  readonly knowledge: string;
  readonly criteria: ReadonlyMap<string, { readonly version: number; readonly criterion: Criterion }>;
  /** Those that are there, active or not. */
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly removedDefinitions: ReadonlyMap<string, Definition>;
  readonly goals: ReadonlyMap<string, Goal>;
  readonly scorecards: ReadonlyMap<string, Scorecard>;
  /** Nothing may follow. */
  readonly isDeleted: boolean;
}

/** The version that is asked of new conversations. */
export const latestVersion = ({ versions }: Definition): DefinitionVersion => versions.at(-1) ?? versions[0];

/** The definitions that new conversations are asked, in the order of the report. */
export const activeDefinitions = ({ definitions }: Project): Definition[] =>
  [...definitions.values()].filter(({ isActive }) => isActive);

/** The project after one more event; undefined before it is created. */
export function evolve(project: Project | undefined, event: HarmonyEvent): Project | undefined {
  if (event.type === 'ProjectCreated') return created(event);
  return project && { ...project, ...changeOf(project, event) };
}

function created({ data, workspaceId }: EventOf<'ProjectCreated'>): Project {
  const { projectId, ...facts } = data;
  return {
    ...facts,
    id: projectId,
    workspaceId,
    criteria: new Map(),
    definitions: new Map(),
    removedDefinitions: new Map(),
    goals: new Map(),
    scorecards: new Map(),
    isDeleted: false,
  };
}

function changeOf(project: Project, event: HarmonyEvent): Partial<Project> {
  switch (event.type) {
    case 'ProjectChanged': {
      const { projectId: _, ...changes } = event.data;
      return changes;
    }
    case 'ProjectDeleted':
      return { isDeleted: true };
    case 'CriterionSet': {
      const { criterionId, criterionVersion: version, criterion } = event.data;
      return { criteria: withEntry(project.criteria, criterionId, { version, criterion }) };
    }
    case 'CriterionRemoved':
      return { criteria: withoutEntry(project.criteria, event.data.criterionId) };
    case 'GoalSet':
      return { goals: withEntry(project.goals, event.data.goalId, event.data.goal) };
    case 'GoalRemoved':
      return { goals: withoutEntry(project.goals, event.data.goalId) };
    case 'ScorecardSet':
      return { scorecards: withEntry(project.scorecards, event.data.scorecardId, event.data.scorecard) };
    case 'ScorecardRemoved':
      return { scorecards: withoutEntry(project.scorecards, event.data.scorecardId) };
    default:
      return definitionsAfter(project, event);
  }
}

function definitionsAfter(project: Project, event: HarmonyEvent): Partial<Project> {
  switch (event.type) {
    case 'DefinitionCreated': {
      const { definitionId: id, presentation, isActive } = event.data;
      const definition: Definition = { id, presentation, isActive, versions: [versionOf(event.data)] };
      return { definitions: withEntry(project.definitions, id, definition) };
    }
    case 'DefinitionEdited': {
      const added = versionOf(event.data);
      return changed(project, event, ({ versions }) => ({ versions: [...versions, added] }));
    }
    case 'DefinitionPresented': {
      const { presentation } = event.data;
      return changed(project, event, () => ({ presentation }));
    }
    case 'DefinitionActivated':
      return changed(project, event, () => ({ isActive: true }));
    case 'DefinitionDeactivated':
      return changed(project, event, () => ({ isActive: false }));
    case 'DefinitionRemoved': {
      const { definitionId: id } = event.data;
      const removed = project.definitions.get(id);
      return {
        definitions: withoutEntry(project.definitions, id),
        ...(removed && { removedDefinitions: withEntry(project.removedDefinitions, id, removed) }),
      };
    }
    case 'DefinitionsReordered':
      return { definitions: inOrder(project.definitions, event.data.definitionIds) };
    default:
      return {};
  }
}

const versionOf = (data: EventDataOf<'DefinitionCreated' | 'DefinitionEdited'>): DefinitionVersion => ({
  version: data.definitionVersion,
  question: data.question,
  context: data.context,
  usesKnowledge: data.usesKnowledge,
});

interface AboutDefinition {
  readonly data: { readonly definitionId: string };
}

function changed(
  { definitions }: Project,
  { data: { definitionId } }: AboutDefinition,
  change: (definition: Definition) => Partial<Definition>,
): Partial<Project> {
  const before = definitions.get(definitionId);
  return before ? { definitions: withEntry(definitions, definitionId, { ...before, ...change(before) }) } : {};
}

const withEntry = <Value>(map: ReadonlyMap<string, Value>, key: string, value: Value): ReadonlyMap<string, Value> =>
  new Map(map).set(key, value);

const withoutEntry = <Value>(map: ReadonlyMap<string, Value>, key: string): ReadonlyMap<string, Value> =>
  new Map([...map].filter(([other]) => other !== key));

const inOrder = <Value>(map: ReadonlyMap<string, Value>, keys: readonly string[]): ReadonlyMap<string, Value> => {
  const first = keys.flatMap((key) => {
    const value = map.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return new Map([...first, ...map]);
};
