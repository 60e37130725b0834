import type { EventOf, Goal, HarmonyEvent, Question, Scorecard } from '@harmony/contracts';
import { History } from './history.js';
import type { Place } from './read-world.js';
import type { OracleDefinition, OracleProject, World } from './world.js';

/** What an event says of a project and of its definitions. */
export function readProjectEvent(world: World, event: HarmonyEvent, { revision }: Place): void {
  if (event.type === 'ProjectCreated') world.projects.set(event.data.projectId, createdProject(event));
  else if (event.type === 'DefinitionCreated')
    world.definitions.set(event.data.definitionId, createdDefinition(event, revision));
  else if (event.type === 'DefinitionsReordered') reorder(world, event);
  else if ('definitionId' in event.data) {
    const definition = world.definitions.get(event.data.definitionId);
    if (definition) changeDefinition(definition, event);
  } else if ('projectId' in event.data && event.data.projectId !== null) {
    const project = world.projects.get(event.data.projectId);
    if (project) changeProject(project, event);
  }
}

function createdProject({ data, workspaceId, occurredAt }: EventOf<'ProjectCreated'>): OracleProject {
  const createdAt = Date.parse(occurredAt);
  const first = <Value>(value: Value): History<Value> => new History(createdAt, value);
  return {
    ...{ id: data.projectId, workspaceId, createdBy: data.createdBy, createdAt, name: first(data.name) },
    ...{ teamIds: first<readonly string[]>(data.teamIds), isDeleted: first(false) },
    goals: first<readonly (Goal & { id: string })[]>([]),
    scorecards: first<readonly (Scorecard & { id: string })[]>([]),
  };
}

/** A new definition stands behind those before it: the revisions of a stream only grow. */
function createdDefinition({ data, occurredAt }: EventOf<'DefinitionCreated'>, revision: number): OracleDefinition {
  const createdAt = Date.parse(occurredAt);
  const first = <Value>(value: Value): History<Value> => new History(createdAt, value);
  return {
    ...{ id: data.definitionId, projectId: data.projectId, type: data.question.type, createdAt },
    ...{ title: first(data.presentation.title), successAnswer: first(data.presentation.successAnswer) },
    ...{ isActive: first(data.isActive), isRemoved: first(false), ordinal: first(revision) },
    version: first(data.definitionVersion),
    questions: new Map<number, Question>([[data.definitionVersion, data.question]]),
  };
}

function reorder({ definitions }: World, { data, occurredAt }: EventOf<'DefinitionsReordered'>): void {
  data.definitionIds.forEach((id, index) => definitions.get(id)?.ordinal.push(Date.parse(occurredAt), index));
}

function changeDefinition(definition: OracleDefinition, event: HarmonyEvent): void {
  const at = Date.parse(event.occurredAt);
  switch (event.type) {
    case 'DefinitionEdited':
      definition.questions.set(event.data.definitionVersion, event.data.question);
      return definition.version.push(at, event.data.definitionVersion);
    case 'DefinitionPresented':
      definition.successAnswer.push(at, event.data.presentation.successAnswer);
      return definition.title.push(at, event.data.presentation.title);
    case 'DefinitionActivated':
      return definition.isActive.push(at, true);
    case 'DefinitionDeactivated':
      return definition.isActive.push(at, false);
    case 'DefinitionRemoved':
      definition.isRemoved.push(at, true);
      return definition.isActive.push(at, false);
    default:
  }
}

function changeProject({ name, teamIds, goals, scorecards, isDeleted }: OracleProject, event: HarmonyEvent): void {
  const at = Date.parse(event.occurredAt);
  switch (event.type) {
    case 'ProjectChanged':
      if (event.data.name !== undefined) name.push(at, event.data.name);
      if (event.data.teamIds !== undefined) teamIds.push(at, event.data.teamIds);
      return;
    case 'ProjectDeleted':
      return isDeleted.push(at, true);
    case 'GoalSet':
      return goals.push(at, put(goals.now, { ...event.data.goal, id: event.data.goalId }));
    case 'GoalRemoved':
      return goals.push(at, without(goals.now, event.data.goalId));
    case 'ScorecardSet':
      return scorecards.push(at, put(scorecards.now, { ...event.data.scorecard, id: event.data.scorecardId }));
    case 'ScorecardRemoved':
      return scorecards.push(at, without(scorecards.now, event.data.scorecardId));
    default:
  }
}

interface Identified {
  readonly id: string;
}

function put<Item extends Identified>(list: readonly Item[], item: Item): readonly Item[] {
  const isThere = list.some(({ id }) => id === item.id);
  return isThere ? list.map((one) => (one.id === item.id ? item : one)) : [...list, item];
}

const without = <Item extends Identified>(list: readonly Item[], gone: string): readonly Item[] =>
  list.filter(({ id }) => id !== gone);
