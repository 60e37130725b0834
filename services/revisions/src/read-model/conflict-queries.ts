import { requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { keyset, toConnection, type Connection, type PageRequest } from '@harmony/api';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';

/** A conversation with results that are newer than those of a revision. */
export interface ConflictView {
  readonly conversationId: string;
  /** When its latest ordinary run started. */
  readonly newerSince: Date;
}

export interface ConflictConnection extends Connection<ConflictView> {
  /** All of them, whoever may read them. */
  readonly totalCount: number;
}

/**
 * Conversations `c` whose latest ordinary run started behind the run of the revision whose id is the first parameter: a
 * conversation of which the revision has no run loses nothing to it. What a part says is as old as the revision that it
 * is of.
 */
const newer = `from revisions.revisions r, revisions.conversations c,
       lateral (select c.reruns -> $1::text -> 'startedAt' as own) o,
       lateral (select coalesce(c.reruns -> (r.part ->> 'ofRevisionId') -> 'startedAt', o.own) as started) s
  where r.id = $1::uuid and c.revision_ids @> array[$1::uuid] and o.own is not null
    and (c.ordinary_major, c.ordinary_minor) > ((s.started ->> 0)::bigint, (s.started ->> 1)::bigint)`;

const order = [{ sql: 'c.conversation_id', type: 'uuid' }] as const;

/** Finds what making a revision live would replace although it is newer (F36). */
@Injectable()
export class ConflictQueries {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /** The caller has seen that the reader may see the revision. Names only what they may read. @throws HarmonyError FORBIDDEN */
  async list(principal: Principal, revisionId: string, page: PageRequest): Promise<ConflictConnection> {
    const scope = scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), 2);
    const { where, orderBy, limit, parameters } = keyset(page, order, 2 + scope.parameters.length);
    const [rows, totalCount] = await Promise.all([
      this.database.query<ConflictView>(
        principal.workspaceId,
        `select c.conversation_id as "conversationId", c.ordinary_at as "newerSince" ${newer}
            and ${scope.sql} and ${where} order by ${orderBy} limit ${limit}`,
        [revisionId, ...scope.parameters, ...parameters],
      ),
      this.count(principal, revisionId),
    ]);
    const { edges, pageInfo } = toConnection(
      page,
      rows,
      ({ conversationId }) => [conversationId],
      (row) => row,
    );
    return { edges, pageInfo, totalCount };
  }

  async count({ workspaceId }: Principal, revisionId: string): Promise<number> {
    const sql = `select count(*)::int as count ${newer}`;
    const [row] = await this.database.query<{ count: number }>(workspaceId, sql, [revisionId]);
    return row?.count ?? 0;
  }
}
