import { HarmonyError, type EventDataOf, type Presentation, type Question } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { isDeepStrictEqual } from 'node:util';
import { requireRoom } from './limits.js';
import { latestVersion, type Definition, type Project } from './project.js';

type Asked = Pick<EventDataOf<'DefinitionCreated'>, 'question' | 'context' | 'usesKnowledge'>;

export interface NewDefinition extends Asked, Presentation {
  readonly isActive: boolean;
}

/** What is absent stays as it is. */
export type DefinitionChanges = { readonly [Field in keyof (Asked & Presentation)]?: (Asked & Presentation)[Field] };

/** @throws HarmonyError UNKNOWN_DEFINITION */
export function definitionOf({ definitions }: Project, definitionId: string): Definition {
  const definition = definitions.get(definitionId);
  if (!definition) throw new HarmonyError('UNKNOWN_DEFINITION');
  return definition;
}

/** @throws HarmonyError PROJECT_LIMIT */
export function createDefinition(project: Project, definitionId: string, definition: NewDefinition): Fact[] {
  const { question, context, usesKnowledge, isActive, ...presentation } = definition;
  requireRoom('definitions', project.definitions.size);
  const asked = { question, context, usesKnowledge };
  return [
    fact('DefinitionCreated', {
      ...{ projectId: project.id, definitionId, definitionVersion: 1 },
      ...asked,
      presentation,
      isActive,
    }),
  ];
}

/**
 * A new version where an answer may depend on the change; where only the showing does, none (D4, B4); nothing where all
 * is so already.
 * @throws HarmonyError UNKNOWN_DEFINITION, DEFINITION_TYPE_FIXED
 */
export function changeDefinition(project: Project, definitionId: string, changes: DefinitionChanges): Fact[] {
  const definition = definitionOf(project, definitionId);
  const latest = latestVersion(definition);
  requireSameType(latest.question, changes.question);
  const { question, context, usesKnowledge } = {
    ...latest,
    ...given(changes, ['question', 'context', 'usesKnowledge']),
  };
  const presentation = { ...definition.presentation, ...given(changes, ['title', 'successAnswer', 'desiredOutcome']) };
  const asked = { question, context, usesKnowledge };
  const ids = { projectId: project.id, definitionId };
  const edited = fact('DefinitionEdited', { ...ids, definitionVersion: latest.version + 1, ...asked });
  return [
    ...(isDeepStrictEqual({ ...latest, ...asked }, latest) ? [] : [edited]),
    ...(isDeepStrictEqual(presentation, definition.presentation)
      ? []
      : [fact('DefinitionPresented', { ...ids, presentation })]),
  ];
}

function given<Field extends keyof DefinitionChanges>(
  changes: DefinitionChanges,
  fields: readonly Field[],
): { readonly [Given in Field]?: Exclude<DefinitionChanges[Given], undefined> } {
  const present = fields.filter((field) => changes[field] !== undefined);
  return Object.fromEntries(present.map((field) => [field, changes[field]])) as never;
}

function requireSameType({ type }: Question, wanted: Question | undefined): void {
  if (!wanted || wanted.type === type) return;
  const { title } = new HarmonyError('DEFINITION_TYPE_FIXED');
  throw new HarmonyError('DEFINITION_TYPE_FIXED', {
    errors: [{ pointer: '/question', detail: title, code: 'DEFINITION_TYPE_FIXED' }],
    facts: { type },
  });
}

/** @throws HarmonyError UNKNOWN_DEFINITION */
export function setDefinitionActive(project: Project, definitionId: string, isActive: boolean): Fact[] {
  if (definitionOf(project, definitionId).isActive === isActive) return [];
  const type = isActive ? 'DefinitionActivated' : 'DefinitionDeactivated';
  return [fact(type, { projectId: project.id, definitionId })];
}

/** What it was answered stays with its conversations. @throws HarmonyError UNKNOWN_DEFINITION */
export function removeDefinition(project: Project, definitionId: string): Fact[] {
  definitionOf(project, definitionId);
  return [fact('DefinitionRemoved', { projectId: project.id, definitionId })];
}

/** @throws HarmonyError INVALID_INPUT unless the ids are those of all definitions, each once. */
export function reorderDefinitions(project: Project, definitionIds: readonly string[]): Fact[] {
  const before = [...project.definitions.keys()];
  const wanted = new Set(definitionIds);
  const isWhole = wanted.size === before.length && definitionIds.length === wanted.size;
  if (!isWhole || !before.every((id) => wanted.has(id))) {
    const detail = `Name every definition of the project once: there are ${before.length}.`;
    throw new HarmonyError('INVALID_INPUT', { errors: [{ pointer: '/definitionIds', detail }] });
  }
  return isDeepStrictEqual(before, definitionIds)
    ? []
    : [fact('DefinitionsReordered', { projectId: project.id, definitionIds: [...definitionIds] })];
}
