import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { keyset, toConnection, type Connection, type CursorKey, type PageRequest } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { ProjectView } from './views.js';

/** Of the reader, whose id is the first parameter. */
const projectsOfReader = `
  select id, name, language, team_ids as "teamIds", knowledge, criteria, goals, scorecards, created_by as "createdBy",
         created_at as "createdAt", updated_at as "updatedAt", revision, pin.user_id is not null as "isPinned"
    from insights.projects left join insights.pins pin on pin.project_id = id and pin.user_id = $1::uuid`;

/** A project is somebody's own when they created it, and of a team when one of its teams is theirs (D6). */
export const projectScope = { owner: 'created_by', createdBy: 'created_by', team: '', teams: 'team_ids' } as const;

const order = [
  { sql: '(pin.user_id is not null)::int', type: 'integer' },
  { sql: 'created_at', type: 'timestamptz' },
  { sql: 'id', type: 'uuid' },
] as const;

/** Reads projects for a person: their workspace by row-level security, their scope by the one filter. */
@Injectable()
export class ProjectQueries {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /** @throws HarmonyError UNKNOWN_PROJECT for an unknown id and for one that the reader may not see, alike. */
  async byId(principal: Principal, id: string): Promise<ProjectView> {
    const scope = scopeFilter(principal, requirePermission(principal, 'projects', 'read'), 3, projectScope);
    const [found] = isUuid(id)
      ? await this.database.query<ProjectView>(
          principal.workspaceId,
          `${projectsOfReader} where id = $2::uuid and ${scope.sql}`,
          [principal.userId, id, ...scope.parameters],
        )
      : [];
    if (!found) throw new HarmonyError('UNKNOWN_PROJECT');
    return found;
  }

  /** Pinned ones first, then newest first. */
  async list(principal: Principal, page: PageRequest): Promise<Connection<ProjectView>> {
    const scope = scopeFilter(principal, requirePermission(principal, 'projects', 'read'), 2, projectScope);
    const { where, orderBy, limit, parameters } = keyset(page, order, 2 + scope.parameters.length, 'desc');
    const rows = await this.database.query<ProjectView>(
      principal.workspaceId,
      `${projectsOfReader} where ${scope.sql} and ${where} order by ${orderBy} limit ${limit}`,
      [principal.userId, ...scope.parameters, ...parameters],
    );
    return toConnection(page, rows, cursorOf, identity);
  }
}

const cursorOf = ({ isPinned, createdAt, id }: ProjectView): CursorKey => [
  Number(isPinned),
  createdAt.toISOString(),
  id,
];

const identity = (view: ProjectView): ProjectView => view;
