import { builtInRoles, isPermission, type Permission } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import type { Principal } from '../principal.js';
import type { ProvedApiKey } from '../secrets/api-key-secrets.js';

interface ApiKeyRow {
  api_key_id: string;
  created_by: string;
  role_id: string;
  team_ids: string[];
  permissions: string[] | null;
}

interface UserRow {
  user_id: string;
  role_id: string;
  team_ids: string[];
  permissions: string[] | null;
}

const selectUser = `
  select person.user_id, person.role_id, person.team_ids, role.permissions
    from access.users person
    left join access.roles role on role.role_id = person.role_id and role.workspace_id = person.workspace_id
   where person.workspace_id = $1 and not person.removed`;

const selectApiKey = `
  select key.api_key_id, key.created_by, creator.team_ids, role.permissions,
         coalesce(key.role_id, creator.role_id) as role_id
    from access.api_keys key
    join access.users creator
      on creator.user_id = key.created_by and creator.workspace_id = key.workspace_id and not creator.removed
    left join access.roles role
      on role.role_id = coalesce(key.role_id, creator.role_id) and role.workspace_id = key.workspace_id
   where key.workspace_id = $1 and key.api_key_id = $2::uuid and (key.expires_at is null or key.expires_at > $3)`;

const builtIn = new Map<string, ReadonlySet<Permission>>(
  Object.values(builtInRoles).map(({ id, permissions }) => [id, new Set(permissions)]),
);

/** A role that is neither built in nor defined any more grants nothing; neither does a permission of a newer version. */
function permissionsOf(roleId: string, custom: readonly string[] | undefined): ReadonlySet<Permission> {
  return builtIn.get(roleId) ?? new Set(custom?.filter(isPermission));
}

const principals = new WeakMap<ProvedApiKey, Principal>();

/** One object for one proof, so that what is asked in its name at the same time can be read together. */
export function principalOfApiKey(key: ProvedApiKey): Principal {
  const known = principals.get(key);
  if (known) return known;
  const principal: Principal = {
    kind: 'API_KEY',
    id: key.apiKeyId,
    userId: key.createdBy,
    workspaceId: key.workspaceId,
    roleId: key.roleId,
    permissions: permissionsOf(key.roleId, key.permissions),
    teamIds: key.teamIds,
  };
  principals.set(key, principal);
  return principal;
}

/** From a user to a principal: one role, its permissions, the user's teams. Removed users are nobody. */
export class PrincipalResolver {
  constructor(private readonly database: ScopedDatabase) {}

  ofUserId(workspaceId: string, userId: string): Promise<Principal | undefined> {
    return this.find(workspaceId, 'person.user_id = $2::uuid', userId);
  }

  ofEmail(workspaceId: string, email: string): Promise<Principal | undefined> {
    return this.find(workspaceId, 'lower(person.email) = lower($2)', email);
  }

  /**
   * For work that goes on when the request is over. Undefined for a key that was deleted or had expired by then, and
   * when its creator was removed.
   */
  async ofApiKey(workspaceId: string, apiKeyId: string, now: Date): Promise<Principal | undefined> {
    const [row] = await this.database.query<ApiKeyRow>(workspaceId, selectApiKey, [workspaceId, apiKeyId, now]);
    return (
      row && {
        kind: 'API_KEY',
        id: row.api_key_id,
        userId: row.created_by,
        workspaceId,
        roleId: row.role_id,
        permissions: permissionsOf(row.role_id, row.permissions ?? undefined),
        teamIds: row.team_ids,
      }
    );
  }

  private async find(workspaceId: string, condition: string, value: string): Promise<Principal | undefined> {
    const sql = `${selectUser} and ${condition}`;
    const [row] = await this.database.query<UserRow>(workspaceId, sql, [workspaceId, value]);
    return (
      row && {
        kind: 'USER',
        id: row.user_id,
        userId: row.user_id,
        workspaceId,
        roleId: row.role_id,
        permissions: permissionsOf(row.role_id, row.permissions ?? undefined),
        teamIds: row.team_ids,
      }
    );
  }
}
