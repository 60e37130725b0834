import type { EventOf, EventType } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';
import { changed, changedAt, gone, positionColumns } from '../../projections/past.js';

const columns = {
  id: 'uuid not null',
  workspace_id: 'uuid not null',
  /** TEAM, USER, CONTACT or FIELD: a custom field of conversations. */
  kind: 'text not null',
  name: 'text not null',
  /** Of a custom field. */
  field_key: 'text',
  is_removed: 'boolean not null',
  created_at: 'timestamptz not null',
  past: 'jsonb not null',
  ...positionColumns,
} as const;

type Named = { readonly kind: string; readonly name: string; readonly field_key?: string };

const added = (at: PositionedEvent, id: string, named: Named): Row => ({
  ...{ id, workspace_id: at.event.workspaceId, ...named, is_removed: false },
  ...{ created_at: at.event.occurredAt, past: [], ...changedAt(at) },
});

const adds = <Type extends EventType>(
  id: (event: EventOf<Type>) => string,
  named: (event: EventOf<Type>) => Named | undefined,
): RowFold<EventOf<Type>> => ({
  keys: ({ event }) => (named(event) ? [[id(event)]] : []),
  becomes: (at, [key = '']) => {
    const row = named(at.event);
    return row && added(at, key, row);
  },
});

const renames = <Type extends EventType>(
  id: (event: EventOf<Type>) => string,
  name: (event: EventOf<Type>) => string,
): RowFold<EventOf<Type>> => ({
  keys: ({ event }) => [[id(event)]],
  evolve: (row, at) => changed(row, at, { name: name(at.event) }),
});

/** What it was called is still true of what happened before. */
const removes = <Type extends EventType>(id: (event: EventOf<Type>) => string): RowFold<EventOf<Type>> => ({
  keys: ({ event }) => [[id(event)]],
  evolve: (row, at) => changed(row, at, { is_removed: true }),
});

/**
 * What teams, people and custom fields are called, and were called, since files show names and other services own them.
 * A contact that is removed is a person to be forgotten: nothing of it stays, of its past neither.
 */
export const directory: ProjectedTable = {
  name: 'directory',
  key: ['id'],
  columns,
  indexes: ['(workspace_id, kind)'],
  on: {
    TeamCreated: adds<'TeamCreated'>(
      ({ data }) => data.teamId,
      ({ data: { name } }) => ({ kind: 'TEAM', name }),
    ),
    TeamRenamed: renames<'TeamRenamed'>(
      ({ data }) => data.teamId,
      ({ data: { name } }) => name,
    ),
    TeamRemoved: removes<'TeamRemoved'>(({ data }) => data.teamId),
    UserAdded: adds<'UserAdded'>(
      ({ data }) => data.userId,
      ({ data: { name } }) => ({ kind: 'USER', name }),
    ),
    UserProfileChanged: renames<'UserProfileChanged'>(
      ({ data }) => data.userId,
      ({ data: { name } }) => name,
    ),
    UserRemoved: removes<'UserRemoved'>(({ data }) => data.userId),
    ContactAdded: adds<'ContactAdded'>(
      ({ data }) => data.contactId,
      ({ data: { name } }) => ({ kind: 'CONTACT', name }),
    ),
    ContactChanged: renames<'ContactChanged'>(
      ({ data }) => data.contactId,
      ({ data: { name } }) => name,
    ),
    ContactRemoved: { keys: ({ event: { data } }) => [[data.contactId]], evolve: gone },
    CustomFieldDefined: adds<'CustomFieldDefined'>(
      ({ data }) => data.customFieldId,
      ({ data: { target, key, label } }) =>
        target === 'CONVERSATION' ? { kind: 'FIELD', name: label, field_key: key } : undefined,
    ),
    CustomFieldRemoved: removes<'CustomFieldRemoved'>(({ data }) => data.customFieldId),
  },
};
