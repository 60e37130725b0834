import type { customFieldTargets, FeatureFlag } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import type { Directory, DirectoryCustomField } from '../directory-port.js';
import { isUuid } from '../ids.js';

/** {@link Directory} over the projection `access.directory`. */
export class PostgresDirectory implements Directory {
  constructor(private readonly database: ScopedDatabase) {}

  teamExists(workspaceId: string, teamId: string): Promise<boolean> {
    return this.exists(workspaceId, 'select 1 from access.teams where team_id = $1 and workspace_id = $2', teamId);
  }

  async teamNamed(workspaceId: string, name: string): Promise<string | undefined> {
    const sql = 'select team_id as id from access.teams where workspace_id = $1 and lower(name) = lower($2) limit 1';
    return (await this.database.query<{ id: string }>(workspaceId, sql, [workspaceId, name]))[0]?.id;
  }

  /** Removed users count as unknown: nobody can be made the owner of something new. */
  userExists(workspaceId: string, userId: string): Promise<boolean> {
    const sql = 'select 1 from access.users where user_id = $1 and workspace_id = $2 and not removed';
    return this.exists(workspaceId, sql, userId);
  }

  contactExists(workspaceId: string, contactId: string): Promise<boolean> {
    const sql = 'select 1 from access.contacts where contact_id = $1 and workspace_id = $2';
    return this.exists(workspaceId, sql, contactId);
  }

  customFields(
    workspaceId: string,
    target: (typeof customFieldTargets)[number],
  ): Promise<readonly DirectoryCustomField[]> {
    return this.database.query<DirectoryCustomField>(
      workspaceId,
      `select custom_field_id as "customFieldId", key, label, type, options, required
         from access.custom_fields where workspace_id = $1 and target = $2 order by key`,
      [workspaceId, target],
    );
  }

  async namesOf(workspaceId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const wanted = ids.filter(isUuid);
    if (wanted.length === 0) return new Map();
    const rows = await this.database.query<{ id: string; name: string }>(
      workspaceId,
      `select user_id as id, name from access.users where user_id = any($1::uuid[]) and workspace_id = $2
       union all
       select contact_id, name from access.contacts where contact_id = any($1::uuid[]) and workspace_id = $2
       union all
       select team_id, name from access.teams where team_id = any($1::uuid[]) and workspace_id = $2`,
      [wanted, workspaceId],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  async isEnabled(workspaceId: string, flag: FeatureFlag): Promise<boolean> {
    const sql = 'select 1 from access.feature_flags where workspace_id = $1 and flag = $2 and enabled';
    return (await this.database.query(workspaceId, sql, [workspaceId, flag])).length > 0;
  }

  private async exists(workspaceId: string, sql: string, id: string): Promise<boolean> {
    return isUuid(id) && (await this.database.query(workspaceId, sql, [id, workspaceId])).length > 0;
  }
}
