import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row } from '@harmony/read-model';
import { changed, definitionKey as keys, gone } from './fold.js';

const columns = {
  id: 'uuid not null',
  workspace_id: 'uuid not null',
  project_id: 'uuid not null',
  ordinal: 'integer not null',
  version: 'integer not null',
  question: 'jsonb not null',
  context: 'text not null',
  uses_knowledge: 'boolean not null',
  title: 'text not null',
  success_answer: 'text not null',
  desired_outcome: 'text not null',
  is_active: 'boolean not null',
  is_removed: 'boolean not null',
  created_at: 'timestamptz not null',
  updated_at: 'timestamptz not null',
} as const;

const touched = ({ event }: PositionedEvent): Row => ({ updated_at: event.occurredAt });

/** What the latest version asks. */
const asked = ({ data }: EventOf<'DefinitionCreated' | 'DefinitionEdited'>): Row => ({
  version: data.definitionVersion,
  question: data.question,
  context: data.context,
  uses_knowledge: data.usesKnowledge,
});

const presented = ({ data }: EventOf<'DefinitionCreated' | 'DefinitionPresented'>): Row => ({
  title: data.presentation.title,
  success_answer: data.presentation.successAnswer,
  desired_outcome: data.presentation.desiredOutcome,
});

/**
 * Definitions as they are now, in the order of the report. One that was removed stays in sight of what it was answered.
 * The place of a new one is the revision at which it came, which is behind every place in a list before it.
 */
export const definitions: ProjectedTable = {
  name: 'definitions',
  key: ['id'],
  columns,
  indexes: ['(workspace_id, project_id, ordinal)'],
  on: {
    DefinitionCreated: {
      keys,
      becomes: (at) => ({
        id: at.event.data.definitionId,
        workspace_id: at.event.workspaceId,
        project_id: at.event.data.projectId,
        ordinal: at.revision,
        ...asked(at.event),
        ...presented(at.event),
        is_active: at.event.data.isActive,
        is_removed: false,
        created_at: at.event.occurredAt,
        ...touched(at),
      }),
    },
    DefinitionEdited: { keys, evolve: (row, at) => changed(row, { ...asked(at.event), ...touched(at) }) },
    DefinitionPresented: { keys, evolve: (row, at) => changed(row, { ...presented(at.event), ...touched(at) }) },
    DefinitionActivated: { keys, evolve: (row, at) => changed(row, { is_active: true, ...touched(at) }) },
    DefinitionDeactivated: { keys, evolve: (row, at) => changed(row, { is_active: false, ...touched(at) }) },
    DefinitionRemoved: {
      keys,
      evolve: (row, at) => changed(row, { is_removed: true, is_active: false, ...touched(at) }),
    },
    DefinitionsReordered: {
      keys: ({ event: { data } }) => data.definitionIds.map((id) => [id]),
      evolve: (row, { event: { data } }, [id = '']) => changed(row, { ordinal: data.definitionIds.indexOf(id) }),
    },
    ProjectDeleted: {
      keys: ({ event: { data } }) => (data.definitions ?? []).map(({ definitionId }) => [definitionId]),
      evolve: gone,
    },
  },
};
