import type { EventOf, EventType } from '@harmony/contracts';
import type { PositionedEvent, ProjectedTable, Row, RowFold } from '@harmony/read-model';

type Change<Type extends EventType> = (event: EventOf<Type>, row: Row) => Row | undefined;

/** A fold of an event that brings a row into being. */
const adds = <Type extends EventType>(
  key: (event: EventOf<Type>) => readonly string[],
  columns: (event: EventOf<Type>) => Row,
): RowFold<EventOf<Type>> => ({
  keys: ({ event }) => [key(event)],
  becomes: ({ event }) => ({ workspace_id: event.workspaceId, ...columns(event) }),
});

/** A fold of an event that changes or removes a row that is there; one that is not stays away. */
const changes = <Type extends EventType>(
  key: (event: EventOf<Type>) => readonly string[],
  change: Change<Type>,
): RowFold<EventOf<Type>> => ({
  keys: ({ event }: PositionedEvent<EventOf<Type>>) => [key(event)],
  evolve: (row, { event }) => row && change(event, row),
});

const gone = (): undefined => undefined;

const userKey = (event: { data: { userId: string } }): string[] => [event.data.userId];

/** Removed users stay, marked: their conversations still name them (P12). */
export const users: ProjectedTable = {
  name: 'users',
  key: ['user_id'],
  columns: {
    user_id: 'uuid not null',
    workspace_id: 'uuid not null',
    email: 'text not null',
    name: 'text not null',
    role_id: 'uuid not null',
    team_ids: 'jsonb not null',
    timezone: 'text not null',
    language: 'text not null',
    custom_fields: 'jsonb not null',
    removed: 'boolean not null',
  },
  indexes: ['(workspace_id, lower(name), user_id)', '(lower(email))'],
  on: {
    UserAdded: adds<'UserAdded'>(userKey, ({ data }) => ({
      user_id: data.userId,
      email: data.email,
      name: data.name,
      role_id: data.roleId,
      team_ids: data.teamIds,
      timezone: data.timezone,
      language: data.language,
      custom_fields: {},
      removed: false,
    })),
    UserProfileChanged: changes<'UserProfileChanged'>(userKey, ({ data }, row) => ({
      ...row,
      name: data.name,
      timezone: data.timezone,
      language: data.language,
      custom_fields: data.customFields,
    })),
    UserRoleAssigned: changes<'UserRoleAssigned'>(userKey, ({ data }, row) => ({ ...row, role_id: data.roleId })),
    UserTeamsAssigned: changes<'UserTeamsAssigned'>(userKey, ({ data }, row) => ({ ...row, team_ids: data.teamIds })),
    UserRemoved: changes<'UserRemoved'>(userKey, (_event, row) => ({ ...row, removed: true })),
  },
};

const teamKey = (event: { data: { teamId: string } }): string[] => [event.data.teamId];

export const teams: ProjectedTable = {
  name: 'teams',
  key: ['team_id'],
  columns: { team_id: 'uuid not null', workspace_id: 'uuid not null', name: 'text not null' },
  indexes: ['(workspace_id, lower(name), team_id)'],
  on: {
    TeamCreated: adds<'TeamCreated'>(teamKey, ({ data }) => ({ team_id: data.teamId, name: data.name })),
    TeamRenamed: changes<'TeamRenamed'>(teamKey, ({ data }, row) => ({ ...row, name: data.name })),
    TeamRemoved: changes<'TeamRemoved'>(teamKey, gone),
  },
};

const roleKey = (event: { data: { roleId: string } }): string[] => [event.data.roleId];

/** Custom roles only: the built-in ones are constants of the contracts. */
export const roles: ProjectedTable = {
  name: 'roles',
  key: ['role_id'],
  columns: {
    role_id: 'uuid not null',
    workspace_id: 'uuid not null',
    name: 'text not null',
    permissions: 'jsonb not null',
  },
  indexes: ['(workspace_id, lower(name), role_id)'],
  on: {
    RoleDefined: adds<'RoleDefined'>(roleKey, ({ data }) => ({
      role_id: data.roleId,
      name: data.name,
      permissions: data.permissions,
    })),
    RoleRemoved: changes<'RoleRemoved'>(roleKey, gone),
  },
};

const contactKey = (event: { data: { contactId: string } }): string[] => [event.data.contactId];

const contactColumns = ({ data }: EventOf<'ContactAdded'> | EventOf<'ContactChanged'>): Row => ({
  contact_id: data.contactId,
  name: data.name,
  email: data.email,
  company: data.company,
  custom_fields: data.customFields,
});

export const contacts: ProjectedTable = {
  name: 'contacts',
  key: ['contact_id'],
  columns: {
    contact_id: 'uuid not null',
    workspace_id: 'uuid not null',
    name: 'text not null',
    email: 'text',
    company: 'text',
    custom_fields: 'jsonb not null',
  },
  indexes: ['(workspace_id, lower(name), contact_id)'],
  on: {
    ContactAdded: adds<'ContactAdded'>(contactKey, contactColumns),
    ContactChanged: changes<'ContactChanged'>(contactKey, (event, row) => ({ ...row, ...contactColumns(event) })),
    ContactRemoved: changes<'ContactRemoved'>(contactKey, gone),
  },
};

const fieldKey = (event: { data: { customFieldId: string } }): string[] => [event.data.customFieldId];

export const customFields: ProjectedTable = {
  name: 'custom_fields',
  key: ['custom_field_id'],
  columns: {
    custom_field_id: 'uuid not null',
    workspace_id: 'uuid not null',
    target: 'text not null',
    key: 'text not null',
    label: 'text not null',
    type: 'text not null',
    options: 'jsonb not null',
    required: 'boolean not null',
  },
  indexes: ['(workspace_id, target, key)'],
  on: {
    CustomFieldDefined: adds<'CustomFieldDefined'>(fieldKey, ({ data: { customFieldId, ...field } }) => ({
      custom_field_id: customFieldId,
      ...field,
    })),
    CustomFieldRemoved: changes<'CustomFieldRemoved'>(fieldKey, gone),
  },
};

export const featureFlagSettings: ProjectedTable = {
  name: 'feature_flags',
  key: ['workspace_id', 'flag'],
  columns: { workspace_id: 'uuid not null', flag: 'text not null', enabled: 'boolean not null' },
  on: {
    FeatureFlagSet: adds<'FeatureFlagSet'>(
      ({ workspaceId, data }) => [workspaceId, data.flag],
      ({ data }) => ({ flag: data.flag, enabled: data.enabled }),
    ),
  },
};

const apiKeyKey = (event: { data: { apiKeyId: string } }): string[] => [event.data.apiKeyId];

/** What may be shown of API keys; what proves one lies in `api_key_secrets`. */
export const apiKeys: ProjectedTable = {
  name: 'api_keys',
  key: ['api_key_id'],
  columns: {
    api_key_id: 'uuid not null',
    workspace_id: 'uuid not null',
    name: 'text not null',
    last_four: 'text not null',
    role_id: 'uuid',
    created_by: 'uuid not null',
    created_at: 'timestamptz not null',
    expires_at: 'timestamptz',
  },
  indexes: ['(workspace_id, created_at desc, api_key_id desc)'],
  on: {
    ApiKeyCreated: adds<'ApiKeyCreated'>(apiKeyKey, ({ data, occurredAt }) => ({
      api_key_id: data.apiKeyId,
      name: data.name,
      last_four: data.lastFour,
      role_id: data.roleId,
      created_by: data.createdBy,
      created_at: occurredAt,
      expires_at: data.expiresAt,
    })),
    ApiKeyDeleted: changes<'ApiKeyDeleted'>(apiKeyKey, gone),
  },
};

export const workspaces: ProjectedTable = {
  name: 'workspaces',
  key: ['workspace_id'],
  columns: { workspace_id: 'uuid not null', name: 'text not null' },
  on: {
    WorkspaceCreated: adds<'WorkspaceCreated'>(
      ({ workspaceId }) => [workspaceId],
      ({ data }) => ({ name: data.name }),
    ),
  },
};
