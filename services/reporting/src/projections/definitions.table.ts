import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { changed, changedAt, positionColumns } from './past.js';

interface AboutDefinition {
  readonly event: { readonly data: { readonly definitionId: string } };
}

const keys = ({ event: { data } }: AboutDefinition): string[][] => [[data.definitionId]];

const presented = ({ data }: EventOf<'DefinitionCreated' | 'DefinitionPresented'>): Row => ({
  title: data.presentation.title,
  success_answer: data.presentation.successAnswer,
  desired_outcome: data.presentation.desiredOutcome,
});

const created = (at: PositionedEvent<EventOf<'DefinitionCreated'>>): Row => {
  const { data, workspaceId, occurredAt } = at.event;
  return {
    id: data.definitionId,
    workspace_id: workspaceId,
    project_id: data.projectId,
    type: data.question.type,
    ...presented(at.event),
    is_active: data.isActive,
    is_removed: false,
    ordinal: at.revision,
    version: data.definitionVersion,
    created_at: occurredAt,
    past: [],
    ...changedAt(at),
  };
};

/**
 * Definitions in the order of the report, now and in the past; what each asked stands in its versions. The place of a
 * new one is the revision at which it came, which is behind every place in a list before it.
 */
export const definitions: ProjectedTable = {
  name: 'definitions',
  key: ['id'],
  columns: {
    id: 'uuid not null',
    workspace_id: 'uuid not null',
    project_id: 'uuid not null',
    type: 'text not null',
    title: 'text not null',
    success_answer: 'text not null',
    desired_outcome: 'text not null',
    is_active: 'boolean not null',
    is_removed: 'boolean not null',
    ordinal: 'integer not null',
    version: 'integer not null',
    created_at: 'timestamptz not null',
    past: 'jsonb not null',
    ...positionColumns,
  },
  indexes: ['(project_id)', '(workspace_id, changed_major, changed_minor)'],
  on: {
    DefinitionCreated: { keys, becomes: (at) => created(at) },
    DefinitionEdited: { keys, evolve: (row, at) => changed(row, at, { version: at.event.data.definitionVersion }) },
    DefinitionPresented: { keys, evolve: (row, at) => changed(row, at, presented(at.event)) },
    DefinitionActivated: { keys, evolve: (row, at) => changed(row, at, { is_active: true }) },
    DefinitionDeactivated: { keys, evolve: (row, at) => changed(row, at, { is_active: false }) },
    DefinitionRemoved: { keys, evolve: (row, at) => changed(row, at, { is_removed: true, is_active: false }) },
    DefinitionsReordered: {
      keys: ({ event: { data } }) => data.definitionIds.map((id) => [id]),
      evolve: (row, at, [id = '']) => {
        const ordinal = at.event.data.definitionIds.findIndex((one) => one.toLowerCase() === id);
        return changed(row, at, { ordinal });
      },
    },
  },
};

const versioned: RowFold<EventOf<'DefinitionCreated' | 'DefinitionEdited'>> = {
  keys: ({ event: { data } }) => [[data.definitionId, String(data.definitionVersion)]],
  becomes: ({ event: { data, workspaceId, occurredAt } }) => ({
    definition_id: data.definitionId,
    version: String(data.definitionVersion),
    workspace_id: workspaceId,
    project_id: data.projectId,
    question: data.question,
    created_at: occurredAt,
  }),
};

/** What was ever asked, version by version: past answers are answers to one of them. */
export const definitionVersions: ProjectedTable = {
  name: 'definition_versions',
  key: ['definition_id', 'version'],
  columns: {
    definition_id: 'uuid not null',
    version: 'text not null',
    workspace_id: 'uuid not null',
    project_id: 'uuid not null',
    question: 'jsonb not null',
    created_at: 'timestamptz not null',
  },
  indexes: ['(project_id)'],
  on: { DefinitionCreated: versioned, DefinitionEdited: versioned },
};
