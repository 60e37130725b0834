import { requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { batchLoader, keyset, toConnection, type Connection, type PageRequest } from '@harmony/api';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { unnamedSpeaker, type Speaker } from '@harmony/transcript';

/** One turn of a transcript as its readers see it. */
export interface TurnView {
  readonly index: number;
  readonly speakerCode: string;
  readonly speakerName: string;
  readonly text: string;
  readonly startMs: number | null;
  readonly endMs: number | null;
}

type Turn = Omit<TurnView, 'speakerName'>;

/** The turns come as one value: hundreds of small ones cost the driver more than reading the whole page does. */
interface TranscriptRow {
  readonly conversationId: string;
  readonly speakers: readonly Speaker[];
  readonly turns: readonly Turn[] | null;
}

/** Which page of which transcript. */
interface Wanted extends PageRequest {
  readonly conversationId: string;
}

/** Reads transcripts page by page, in the order of the turns; several transcripts of one request in one query. */
@Injectable()
export class TranscriptQueries {
  private readonly load = batchLoader((principal: Principal, keys) => this.loadMany(principal, keys));

  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /** Empty for a conversation that the reader may not see; ask for the conversation first. */
  async page(
    principal: Principal,
    conversationId: string,
    { first, after }: PageRequest,
  ): Promise<Connection<TurnView>> {
    const wanted: Wanted = { conversationId, first, after: after ?? null };
    return toPage(wanted, await this.load(principal, JSON.stringify(wanted)));
  }

  /** Each key is a {@link Wanted} as JSON; those that want the same page share a query. */
  private async loadMany(principal: Principal, keys: readonly string[]): Promise<Map<string, TranscriptRow>> {
    const groups = new Map<string, Wanted[]>();
    for (const key of keys) {
      const wanted = JSON.parse(key) as Wanted;
      const page = JSON.stringify([wanted.first, wanted.after]);
      groups.set(page, [...(groups.get(page) ?? []), wanted]);
    }
    const found = new Map<string, TranscriptRow>();
    for (const [page, ...others] of groups.values()) {
      if (!page) continue;
      const ids = [page, ...others].map(({ conversationId }) => conversationId);
      for (const row of await this.transcripts(principal, ids, page)) {
        found.set(JSON.stringify({ ...page, conversationId: row.conversationId }), row);
      }
    }
    return found;
  }

  private transcripts(principal: Principal, ids: readonly string[], page: PageRequest): Promise<TranscriptRow[]> {
    const scope = scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), 2);
    const first = 2 + scope.parameters.length;
    const { where, orderBy, limit, parameters } = keyset(page, order, first);
    const reachesPage = parameters.length > 0 ? `first_turn + turn_count > $${first}::integer` : 'true';
    return this.database.query<TranscriptRow>(
      principal.workspaceId,
      `select conversation.id as "conversationId", conversation.speakers,
              (select json_agg(turn order by turn."index")
                 from (select "index", speaker as "speakerCode", text, "startMs", "endMs"
                         from ingestion.transcript_chunks chunk
                        cross join lateral jsonb_to_recordset(chunk.turns)
                                as each("index" integer, speaker text, text text, "startMs" integer, "endMs" integer)
                        where chunk.conversation_id = conversation.id
                          and chunk.transcript_version = conversation.transcript_version and ${reachesPage} and ${where}
                        order by ${orderBy} limit ${limit}) turn) as turns
         from ingestion.conversations conversation
        where conversation.id = any($1::uuid[]) and ${scope.sql}`,
      [ids, ...scope.parameters, ...parameters],
    );
  }
}

const order = [{ sql: '"index"', type: 'integer' }] as const;

function toPage(page: PageRequest, row: TranscriptRow | undefined): Connection<TurnView> {
  const names = new Map(row?.speakers.map(({ code, name }) => [code, name]));
  return toConnection(
    page,
    row?.turns ?? [],
    ({ index }) => [index],
    ({ index, speakerCode, text, startMs, endMs }) => ({
      ...{ index, speakerCode, text, startMs, endMs },
      speakerName: names.get(speakerCode) ?? unnamedSpeaker,
    }),
  );
}
