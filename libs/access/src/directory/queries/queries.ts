import type { Connection, PageRequest, SortColumn } from '@harmony/api';
import { builtInRoles, type customFieldTargets, type Resource } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { isUuid } from '../../ids.js';
import { requirePermission, type Principal } from '../../principal.js';
import { scopeFilter, type ScopeColumns, type SqlCondition } from '../../scope-filter.js';
import { allOf, readPage, readRows } from './list.js';
import type {
  DirectoryApiKey,
  DirectoryContact,
  DirectoryFieldOfTarget,
  DirectoryRole,
  DirectoryTeam,
  DirectoryUser,
  DirectoryWorkspace,
} from './records.js';

/** What one kind of record is read from, and which columns decide who may read it. */
interface Source {
  readonly resource: Resource;
  readonly columns: string;
  readonly from: string;
  readonly id: string;
  readonly scope: ScopeColumns;
  readonly sort: readonly SortColumn[];
  readonly direction?: 'asc' | 'desc';
}

type Builder = (firstParameter: number) => SqlCondition;

/** For records that nobody owns: only those who may read all of them read any. */
const nobody: ScopeColumns = { owner: 'null::uuid', createdBy: 'null::uuid', team: 'null::uuid' };

const byName = (id: string): SortColumn[] => [
  { sql: 'lower(name)', type: 'text' },
  { sql: id, type: 'uuid' },
];

const users: Source = {
  resource: 'users',
  columns: `user_id as "userId", email, name, role_id as "roleId", team_ids as "teamIds", timezone, language,
    custom_fields as "customFields", removed`,
  from: 'access.users',
  id: 'user_id',
  scope: { owner: 'user_id', createdBy: 'user_id', team: 'null::uuid', teams: 'team_ids' },
  sort: byName('user_id'),
};

const teams: Source = {
  resource: 'teams',
  columns: 'team_id as "teamId", name',
  from: 'access.teams',
  id: 'team_id',
  scope: { ...nobody, team: 'team_id' },
  sort: byName('team_id'),
};

const contacts: Source = {
  resource: 'contacts',
  columns: 'contact_id as "contactId", name, email, company, custom_fields as "customFields"',
  from: 'access.contacts',
  id: 'contact_id',
  scope: nobody,
  sort: byName('contact_id'),
};

const customFields: Source = {
  resource: 'custom-fields',
  columns: 'custom_field_id as "customFieldId", target, key, label, type, options, required',
  from: 'access.custom_fields',
  id: 'custom_field_id',
  scope: nobody,
  sort: [
    { sql: 'target', type: 'text' },
    { sql: 'key', type: 'text' },
    { sql: 'custom_field_id', type: 'uuid' },
  ],
};

/** A key is in a reader's team when who created it is. */
const apiKeys: Source = {
  resource: 'api-keys',
  columns: `api_key_id as "apiKeyId", name, last_four as "lastFour", role_id as "roleId", created_by as "createdBy",
    created_at as "createdAt", expires_at as "expiresAt", last_used_at as "lastUsedAt"`,
  from: `(select key.*, usage.last_used_at, creator.team_ids from access.api_keys key
            join access.users creator on creator.user_id = key.created_by
            left join access.api_key_usage usage on usage.api_key_id = key.api_key_id) as api_keys`,
  id: 'api_key_id',
  scope: { owner: 'created_by', createdBy: 'created_by', team: 'null::uuid', teams: 'team_ids' },
  sort: [
    { sql: 'created_at', type: 'timestamptz' },
    { sql: 'api_key_id', type: 'uuid' },
  ],
  direction: 'desc',
};

const builtIn = JSON.stringify(
  Object.values(builtInRoles).map(({ id, name, permissions }) => ({ role_id: id, name, permissions })),
);

const roles: Source = {
  resource: 'roles',
  columns: 'role_id as "roleId", name, permissions, built_in as "builtIn"',
  from: `(select workspace_id, role_id, name, permissions, false as built_in from access.roles
          union all
          select current_setting('harmony.workspace_id')::uuid, role_id, name, permissions, true
            from jsonb_to_recordset('${builtIn}') as built_in (role_id uuid, name text, permissions jsonb)) as roles`,
  id: 'role_id',
  scope: nobody,
  sort: byName('role_id'),
};

const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Lists and look-ups over the directory, each narrowed to what the reader may read. Unknown and foreign ids look the same. */
export class DirectoryQueries {
  constructor(private readonly database: ScopedDatabase) {}

  async workspace(principal: Principal): Promise<DirectoryWorkspace | undefined> {
    requirePermission(principal, 'organization', 'read', 'all');
    const condition = { sql: 'workspace_id = $1', parameters: [principal.workspaceId] };
    const query = { columns: 'workspace_id as "workspaceId", name', from: 'access.workspaces', condition };
    return (await readRows<DirectoryWorkspace>(this.database, principal.workspaceId, query))[0];
  }

  users(principal: Principal, page: PageRequest, includeRemoved = false): Promise<Connection<DirectoryUser>> {
    return this.page(users, principal, page, () => ({ sql: includeRemoved ? 'true' : 'not removed', parameters: [] }));
  }

  /** Removed users too, since records still name them. */
  usersById(principal: Principal, ids: readonly string[]): Promise<DirectoryUser[]> {
    return this.byIds(users, principal, ids);
  }

  teams(principal: Principal, page: PageRequest): Promise<Connection<DirectoryTeam>> {
    return this.page(teams, principal, page);
  }

  teamsById(principal: Principal, ids: readonly string[]): Promise<DirectoryTeam[]> {
    return this.byIds(teams, principal, ids);
  }

  roles(principal: Principal, page: PageRequest): Promise<Connection<DirectoryRole>> {
    return this.page(roles, principal, page);
  }

  rolesById(principal: Principal, ids: readonly string[]): Promise<DirectoryRole[]> {
    return this.byIds(roles, principal, ids);
  }

  /** Type-ahead (F96): contacts with the text in their name, email address or company. */
  contacts(principal: Principal, page: PageRequest, search = ''): Promise<Connection<DirectoryContact>> {
    const matches: Builder = (first) => ({
      sql: `(name ilike $${first} or email ilike $${first} or company ilike $${first})`,
      parameters: [like(search.trim())],
    });
    return this.page(contacts, principal, page, ...(search.trim() === '' ? [] : [matches]));
  }

  contactsById(principal: Principal, ids: readonly string[]): Promise<DirectoryContact[]> {
    return this.byIds(contacts, principal, ids);
  }

  customFields(
    principal: Principal,
    page: PageRequest,
    target?: (typeof customFieldTargets)[number],
  ): Promise<Connection<DirectoryFieldOfTarget>> {
    const ofTarget: Builder = (first) => ({ sql: `target = $${first}`, parameters: [target] });
    return this.page(customFields, principal, page, ...(target ? [ofTarget] : []));
  }

  customFieldsById(principal: Principal, ids: readonly string[]): Promise<DirectoryFieldOfTarget[]> {
    return this.byIds(customFields, principal, ids);
  }

  apiKeys(principal: Principal, page: PageRequest): Promise<Connection<DirectoryApiKey>> {
    return this.page(apiKeys, principal, page);
  }

  apiKeysById(principal: Principal, ids: readonly string[]): Promise<DirectoryApiKey[]> {
    return this.byIds(apiKeys, principal, ids);
  }

  /** The flags that are on. */
  async enabledFlags(principal: Principal): Promise<ReadonlySet<string>> {
    requirePermission(principal, 'feature-flags', 'read', 'all');
    const condition = { sql: 'workspace_id = $1 and enabled', parameters: [principal.workspaceId] };
    const query = { columns: 'flag', from: 'access.feature_flags', condition };
    const rows = await readRows<{ flag: string }>(this.database, principal.workspaceId, query);
    return new Set(rows.map(({ flag }) => flag));
  }

  private async page<Record extends object>(
    source: Source,
    principal: Principal,
    page: PageRequest,
    ...filters: readonly Builder[]
  ): Promise<Connection<Record>> {
    const condition = allOf(...readable(source, principal), ...filters);
    return readPage(this.database, principal.workspaceId, page, { ...source, condition });
  }

  private async byIds<Record extends object>(
    source: Source,
    principal: Principal,
    ids: readonly string[],
  ): Promise<Record[]> {
    const wanted: Builder = (first) => ({
      sql: `${source.id} = any($${first}::uuid[])`,
      parameters: [ids.filter(isUuid)],
    });
    const condition = allOf(...readable(source, principal), wanted);
    return readRows(this.database, principal.workspaceId, { ...source, condition });
  }
}

/** @throws HarmonyError FORBIDDEN for a principal that may not read this kind of record at all. */
function readable({ resource, scope }: Source, principal: Principal): Builder[] {
  const granted = requirePermission(principal, resource, 'read');
  return [
    (first) => ({ sql: `workspace_id = $${first}`, parameters: [principal.workspaceId] }),
    (first) => scopeFilter(principal, granted, first, scope),
  ];
}
