import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { batchLoader, keyset, toConnection, type Connection, type PageRequest } from '@harmony/api';
import { HarmonyError, type Question } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { groupBy } from './group-by.js';
import { projectScope } from './project-queries.js';
import { questionView, type DefinitionVersionView, type DefinitionView } from './views.js';

type Stored<View extends { readonly question: unknown }> = Omit<View, 'question'> & { readonly question: Question };

const columns = `id, project_id as "projectId", version, question, context, uses_knowledge as "usesKnowledge", title,
  success_answer as "successAnswer", desired_outcome as "desiredOutcome", is_active as "isActive",
  is_removed as "isRemoved", created_at as "createdAt", updated_at as "updatedAt"`;

const versionColumns = `v.definition_id as "definitionId", v.version::integer as version, v.question, v.context,
  v.uses_knowledge as "usesKnowledge", v.created_at as "createdAt"`;

const toView = <Row extends Stored<DefinitionView | DefinitionVersionView>>(row: Row) => ({
  ...row,
  question: questionView(row.question),
});

/** Reads definitions and their versions for people. What is asked for below a project is as visible as the project. */
@Injectable()
export class DefinitionQueries {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /** Those of one project that were not removed, in the order of the report; for many projects in one query. */
  readonly ofProject = batchLoader<Principal, readonly DefinitionView[]>(async ({ workspaceId }, projectIds) => {
    const rows = await this.database.query<Stored<DefinitionView>>(
      workspaceId,
      `select ${columns} from insights.definitions
        where project_id = any($1::uuid[]) and not is_removed order by project_id, ordinal, id`,
      [projectIds],
    );
    return groupBy(rows.map(toView), ({ projectId }) => projectId);
  });

  /** One that the reader may see, also after it was removed. @throws HarmonyError UNKNOWN_DEFINITION */
  async byId(principal: Principal, id: string): Promise<DefinitionView> {
    const found = (await this.byIds(principal, [id])).get(id.toLowerCase());
    if (!found) throw new HarmonyError('UNKNOWN_DEFINITION');
    return found;
  }

  /** Those of the ids that exist and that the reader may see, removed ones included. */
  async byIds(principal: Principal, ids: readonly string[]): Promise<Map<string, DefinitionView>> {
    const scope = scopeFilter(principal, requirePermission(principal, 'projects', 'read'), 2, projectScope);
    const rows = await this.database.query<Stored<DefinitionView>>(
      principal.workspaceId,
      `select ${columns} from insights.definitions where id = any($1::uuid[])
        and project_id in (select id from insights.projects where ${scope.sql})`,
      [ids.filter(isUuid), ...scope.parameters],
    );
    return new Map(rows.map((row) => [row.id, toView(row)]));
  }

  /** Newest first; pages of many definitions are read in one query where they ask for the same page. */
  versions(principal: Principal, definitionId: string, page: PageRequest): Promise<Connection<DefinitionVersionView>> {
    const key = JSON.stringify([page.first, page.after ?? null, definitionId]);
    return this.loadVersions(principal, key).then((rows = []) =>
      toConnection(page, rows, ({ version }) => [String(version)], identity),
    );
  }

  private readonly loadVersions = batchLoader<Principal, readonly DefinitionVersionView[]>(async (principal, keys) => {
    const asked = keys.map((key) => [key, JSON.parse(key) as [number, string | null, string]] as const);
    const pages = groupBy(asked, ([, [first, after]]) => JSON.stringify([first, after]));
    const found = await Promise.all([...pages.values()].map((group) => this.versionsOf(principal, group)));
    return new Map(found.flat());
  });

  private async versionsOf(
    { workspaceId }: Principal,
    asked: readonly (readonly [string, readonly [number, string | null, string]])[],
  ): Promise<(readonly [string, readonly DefinitionVersionView[]])[]> {
    const [first, after] = asked[0]?.[1] ?? [1, null];
    const { where, orderBy, limit, parameters } = keyset({ first, after }, versionOrder, 2, 'desc');
    const rows = await this.database.query<Stored<DefinitionVersionView>>(
      workspaceId,
      `select ${versionColumns} from unnest($1::uuid[]) wanted (id) cross join lateral (
         select * from insights.definition_versions
          where definition_id = wanted.id and ${where} order by ${orderBy} limit ${limit}) v
       order by v.version::integer desc`,
      [asked.map(([, [, , id]]) => id), ...parameters],
    );
    const byDefinition = groupBy(rows.map(toView), ({ definitionId }) => definitionId);
    return asked.map(([key, [, , id]]) => [key, byDefinition.get(id) ?? []]);
  }
}

const versionOrder = [{ sql: 'version::integer', type: 'integer' }] as const;

const identity = (view: DefinitionVersionView): DefinitionVersionView => view;
