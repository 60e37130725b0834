import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { keyset, toConnection, type Connection, type PageRequest } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { ScopedDatabase } from '@harmony/read-model';
import { CLOCK, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { SpeakerNames } from '../speakers/speaker-names.js';
import { filterCondition, type ConversationFilter } from './conversation-filter.js';
import { conversationColumns, toView, type ConversationRow, type ConversationView } from './conversation-row.js';

/** Reads conversations for a person: their workspace by row-level security, their scope by the one filter. */
@Injectable()
export class ConversationQueries {
  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    private readonly names: SpeakerNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws HarmonyError NOT_FOUND for an unknown id and for one that the reader may not see, alike. */
  async byId(principal: Principal, id: string): Promise<ConversationView> {
    const found = (await this.byIds(principal, [id])).get(id.toLowerCase());
    if (!found) throw new HarmonyError('NOT_FOUND');
    return found;
  }

  /** Those of the ids that exist and that the reader may see. */
  async byIds(principal: Principal, ids: readonly string[]): Promise<Map<string, ConversationView>> {
    const scope = scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), 2);
    const rows = await this.database.query<ConversationRow>(
      principal.workspaceId,
      `select ${conversationColumns} from ingestion.conversations where id = any($1::uuid[]) and ${scope.sql}`,
      [ids.filter(isUuid), ...scope.parameters],
    );
    const view = await this.viewOf(principal, rows);
    return new Map(rows.map((row) => [row.id, view(row)]));
  }

  /** Whether the read model still has a conversation, whoever may see it. */
  async holds(workspaceId: string, conversationId: string): Promise<boolean> {
    const sql = 'select 1 from ingestion.conversations where id = $1::uuid';
    return (await this.database.query(workspaceId, sql, [conversationId])).length > 0;
  }

  /** Newest first. */
  async list(
    principal: Principal,
    filter: ConversationFilter,
    page: PageRequest,
  ): Promise<Connection<ConversationView>> {
    const scope = scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), 1);
    const narrowed = filterCondition(filter, 1 + scope.parameters.length, this.clock.now());
    const parameters = [...scope.parameters, ...narrowed.parameters];
    const { where, orderBy, limit, parameters: place } = keyset(page, order, 1 + parameters.length, 'desc');
    const rows = await this.database.query<ConversationRow>(
      principal.workspaceId,
      `select ${conversationColumns} from ingestion.conversations
        where ${scope.sql} and ${narrowed.sql} and ${where} order by ${orderBy} limit ${limit}`,
      [...parameters, ...place],
    );
    const cursorKey = (row: ConversationRow): string[] => [row.created_at.toISOString(), row.id];
    return toConnection(page, rows, cursorKey, await this.viewOf(principal, rows));
  }

  private async viewOf(
    { workspaceId }: Principal,
    rows: readonly ConversationRow[],
  ): Promise<(row: ConversationRow) => ConversationView> {
    const nameOf = await this.names.of(workspaceId, rows);
    const now = this.clock.now();
    return (row) => toView(row, now, nameOf);
  }
}

const order = [
  { sql: 'created_at', type: 'timestamptz' },
  { sql: 'id', type: 'uuid' },
] as const;
