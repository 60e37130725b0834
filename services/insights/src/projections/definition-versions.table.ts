import type { EventOf } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, RowFold } from '@harmony/read-model';
import { gone } from './fold.js';

type Versioned = EventOf<'DefinitionCreated' | 'DefinitionEdited'>;

const recorded: RowFold<Versioned> = {
  keys: ({ event: { data } }) => [[data.definitionId, String(data.definitionVersion)]],
  becomes: ({ event: { data, workspaceId, occurredAt, actor } }) => ({
    definition_id: data.definitionId,
    version: String(data.definitionVersion),
    workspace_id: workspaceId,
    project_id: data.projectId,
    question: data.question,
    context: data.context,
    uses_knowledge: data.usesKnowledge,
    created_at: occurredAt,
    actor,
  }),
};

const all = ({ event: { data } }: PositionedEvent<EventOf<'ProjectDeleted'>>): string[][] =>
  (data.definitions ?? []).flatMap(({ definitionId, versionCount }) =>
    Array.from({ length: versionCount }, (_, index) => [definitionId, String(index + 1)]),
  );

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
    context: 'text not null',
    uses_knowledge: 'boolean not null',
    created_at: 'timestamptz not null',
    actor: 'jsonb not null',
  },
  on: {
    DefinitionCreated: recorded,
    DefinitionEdited: recorded,
    ProjectDeleted: { keys: all, evolve: gone },
  },
};
