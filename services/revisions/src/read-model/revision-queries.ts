import { isUuid, requirePermission, scopeFilter, type Directory, type Principal } from '@harmony/access';
import { keyset, toConnection, type Connection, type PageRequest } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { DIRECTORY, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { mayExecute, RevisionAccess } from '../access/revision-access.js';
import { projectScope, revisionColumns, revisionTables, type RevisionRow } from './revision-row.js';
import { actorIdsOf, revisionView, type RevisionView } from './revision-view.js';

const order = [{ sql: 'r.number', type: 'integer' }] as const;

/** Reads revisions for a person: of projects that they may read, where the workspace has them switched on. */
@Injectable()
export class RevisionQueries {
  constructor(
    private readonly access: RevisionAccess,
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  /** @throws HarmonyError UNKNOWN_REVISION for an unknown id and for one that the reader may not see; FEATURE_DISABLED */
  async byId(principal: Principal, id: string): Promise<RevisionView> {
    const [view] = await this.byIds(principal, [id]);
    if (!view) throw new HarmonyError('UNKNOWN_REVISION');
    return view;
  }

  /** Those that the reader may see, newest first. @throws HarmonyError FORBIDDEN, FEATURE_DISABLED */
  async byIds(principal: Principal, ids: readonly string[]): Promise<RevisionView[]> {
    const scope = scopeFilter(principal, requirePermission(principal, 'projects', 'read'), 2, projectScope);
    await this.access.requireTab(principal);
    const rows = await this.database.query<RevisionRow>(
      principal.workspaceId,
      `select ${revisionColumns} from ${revisionTables}
        where r.id = any($1::uuid[]) and ${scope.sql} order by r.number desc`,
      [ids.filter(isUuid), ...scope.parameters],
    );
    return this.viewsOf(principal, rows);
  }

  /** Newest first. @throws HarmonyError UNKNOWN_PROJECT, FORBIDDEN, FEATURE_DISABLED */
  async list(principal: Principal, projectId: string, page: PageRequest): Promise<Connection<RevisionView>> {
    await this.requireProject(principal, projectId);
    const { where, orderBy, limit, parameters } = keyset(page, order, 2, 'desc');
    const rows = await this.database.query<RevisionRow>(
      principal.workspaceId,
      `select ${revisionColumns} from ${revisionTables}
        where r.project_id = $1::uuid and ${where} order by ${orderBy} limit ${limit}`,
      [projectId, ...parameters],
    );
    const views = new Map((await this.viewsOf(principal, rows)).map((view) => [view.id, view]));
    return toConnection(
      page,
      rows,
      ({ number }) => [number],
      ({ id }) => views.get(id) as RevisionView,
    );
  }

  /** @throws HarmonyError UNKNOWN_PROJECT for an unknown id and for one that the reader may not see; FORBIDDEN, FEATURE_DISABLED */
  async requireProject(principal: Principal, projectId: string): Promise<void> {
    await this.readProject(principal, projectId);
    await this.access.requireTab(principal);
  }

  /** @throws HarmonyError UNKNOWN_PROJECT, FORBIDDEN */
  async readProject(principal: Principal, projectId: string): Promise<void> {
    const scope = scopeFilter(principal, requirePermission(principal, 'projects', 'read'), 2, projectScope);
    const found = isUuid(projectId)
      ? await this.database.query(
          principal.workspaceId,
          `select from revisions.projects p where p.id = $1::uuid and ${scope.sql}`,
          [projectId, ...scope.parameters],
        )
      : [];
    if (found.length === 0) throw new HarmonyError('UNKNOWN_PROJECT');
  }

  private async viewsOf(principal: Principal, rows: readonly RevisionRow[]): Promise<RevisionView[]> {
    const ids = [...new Set(rows.flatMap(actorIdsOf))].filter(isUuid);
    const names = ids.length > 0 ? await this.directory.namesOf(principal.workspaceId, ids) : new Map<string, string>();
    const reading = { names, mayExecute: mayExecute(principal) };
    return rows.map((row) => revisionView(row, reading));
  }
}
