import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { batchLoader, keyset, questionView, toConnection, type Connection, type PageRequest } from '@harmony/api';
import { HarmonyError, type Question } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { groupBy } from './group-by.js';
import { projectScope } from './project-queries.js';
import type { DefinitionVersionView, DefinitionView } from './views.js';

type Stored<View extends { readonly question: unknown }> = Omit<View, 'question'> & { readonly question: Question };

const columns = `id, project_id as "projectId", version, question, context, uses_knowledge as "usesKnowledge", title,
  success_answer as "successAnswer", desired_outcome as "desiredOutcome", is_active as "isActive",
  is_removed as "isRemoved", created_at as "createdAt", updated_at as "updatedAt"`;

const versionColumns = `definition_id as "definitionId", version::integer as version, question, context,
  uses_knowledge as "usesKnowledge", created_at as "createdAt"`;

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

  /** All that one asked over time, newest first. @throws HarmonyError UNKNOWN_DEFINITION as {@link byId} */
  async versions(
    principal: Principal,
    definitionId: string,
    page: PageRequest,
  ): Promise<Connection<DefinitionVersionView>> {
    const { id } = await this.byId(principal, definitionId);
    const { where, orderBy, limit, parameters } = keyset(page, versionOrder, 2, 'desc');
    const rows = await this.database.query<Stored<DefinitionVersionView>>(
      principal.workspaceId,
      `select ${versionColumns} from insights.definition_versions
        where definition_id = $1 and ${where} order by ${orderBy} limit ${limit}`,
      [id, ...parameters],
    );
    return toConnection(page, rows, ({ version }) => [String(version)], toView);
  }
}

const versionOrder = [{ sql: 'definition_versions.version::integer', type: 'integer' }] as const;
