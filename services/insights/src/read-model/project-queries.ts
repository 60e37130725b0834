import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { keyset, toConnection, type Connection, type PageRequest } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { ProjectView } from './views.js';

const columns = `id, name, language, team_ids as "teamIds", knowledge, criteria, goals, scorecards,
  created_by as "createdBy", created_at as "createdAt", updated_at as "updatedAt", revision`;

/** A project is somebody's own when they created it, and of a team when one of its teams is theirs (D6). */
export const projectScope = { owner: 'created_by', createdBy: 'created_by', team: '', teams: 'team_ids' } as const;

const order = [
  { sql: 'created_at', type: 'timestamptz' },
  { sql: 'id', type: 'uuid' },
] as const;

/** Reads projects for a person: their workspace by row-level security, their scope by the one filter. */
@Injectable()
export class ProjectQueries {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /** @throws HarmonyError UNKNOWN_PROJECT for an unknown id and for one that the reader may not see, alike. */
  async byId(principal: Principal, id: string): Promise<ProjectView> {
    const scope = scopeFilter(principal, requirePermission(principal, 'projects', 'read'), 2, projectScope);
    const [found] = isUuid(id)
      ? await this.database.query<ProjectView>(
          principal.workspaceId,
          `select ${columns} from insights.projects where id = $1::uuid and ${scope.sql}`,
          [id, ...scope.parameters],
        )
      : [];
    if (!found) throw new HarmonyError('UNKNOWN_PROJECT');
    return found;
  }

  /** Newest first. */
  async list(principal: Principal, page: PageRequest): Promise<Connection<ProjectView>> {
    const scope = scopeFilter(principal, requirePermission(principal, 'projects', 'read'), 1, projectScope);
    const { where, orderBy, limit, parameters } = keyset(page, order, 1 + scope.parameters.length, 'desc');
    const rows = await this.database.query<ProjectView>(
      principal.workspaceId,
      `select ${columns} from insights.projects where ${scope.sql} and ${where} order by ${orderBy} limit ${limit}`,
      [...scope.parameters, ...parameters],
    );
    return toConnection(page, rows, ({ createdAt, id }) => [createdAt.toISOString(), id], identity);
  }
}

const identity = (view: ProjectView): ProjectView => view;
