import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { batchLoader, keyset, toConnection, type Connection, type PageRequest } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { ScopedDatabase } from '@harmony/read-model';
import { CLOCK, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { SpeakerNames, type NameOf } from '../speakers/speaker-names.js';
import { conversationColumns, toView, type ConversationRow, type ConversationView } from './conversation-row.js';

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
interface Row extends ConversationRow {
  readonly turns: readonly Turn[] | null;
  /** Of the version that was asked for; null for the conversation's own, and for one that is not there. */
  readonly version_speakers?: ConversationRow['speakers'] | null;
}

/** A conversation with a page of its transcript that was read in the same statement. */
export interface ConversationWithPage extends ConversationView {
  readonly readAhead: {
    readonly asked: PageRequest;
    readonly page: Connection<TurnView>;
    /** False for a version that the conversation does not have. */
    readonly isThere: boolean;
  };
}

/** Which page of which transcript. */
interface Wanted extends PageRequest {
  readonly conversationId: string;
  /** Of the transcript; null for the conversation's own, latest one. */
  readonly version: number | null;
}

/** Reads transcripts page by page, in the order of the turns; what is asked for at the same time in one query. */
@Injectable()
export class TranscriptQueries {
  private readonly load = batchLoader((principal: Principal, keys) => this.loadMany(principal, keys));

  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    private readonly names: SpeakerNames,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A conversation and the page of its transcript that is asked for with it.
   * @throws HarmonyError NOT_FOUND for an unknown id and for one that the reader may not see, alike.
   */
  async withConversation(principal: Principal, id: string, page: PageRequest): Promise<ConversationWithPage> {
    const found = await this.load(principal, keyOf(id, page));
    if (!found) throw new HarmonyError('NOT_FOUND');
    return found;
  }

  /**
   * Empty for a conversation that the reader may not see; ask for the conversation first.
   * @param version one that a revision made, or an earlier one; null for the conversation's own
   * @throws HarmonyError NOT_FOUND for a version that the conversation does not have
   */
  async page(
    principal: Principal,
    conversationId: string,
    page: PageRequest,
    version: number | null = null,
  ): Promise<Connection<TurnView>> {
    const found = await this.load(principal, keyOf(conversationId, page, version));
    if (found && !found.readAhead.isThere) throw unknownVersion();
    return found?.readAhead.page ?? emptyPage(page);
  }

  /** Each key is a {@link Wanted} as JSON; those that want the same page share a query. */
  private async loadMany(principal: Principal, keys: readonly string[]): Promise<Map<string, ConversationWithPage>> {
    const groups = new Map<string, Wanted[]>();
    for (const key of keys) {
      const wanted = JSON.parse(key) as Wanted;
      const page = JSON.stringify([wanted.first, wanted.after, wanted.version]);
      groups.set(page, [...(groups.get(page) ?? []), wanted]);
    }
    const found = await Promise.all([...groups.values()].map((wanted) => this.readPage(principal, wanted)));
    return new Map(found.flat());
  }

  private async readPage(
    principal: Principal,
    wanted: readonly Wanted[],
  ): Promise<(readonly [string, ConversationWithPage])[]> {
    const { first = 0, after, version = null } = wanted[0] ?? {};
    const asked = { first, after: after ?? null };
    const rows = await this.rows(
      principal,
      wanted.map(({ conversationId }) => conversationId),
      asked,
      version,
    );
    const nameOf = await this.names.of(principal.workspaceId, rows);
    const now = this.clock.now();
    return rows.map((row) => {
      const isThere = version === null || Boolean(row.version_speakers);
      const readAhead = { asked, page: toPage(asked, row, nameOf), isThere };
      return [keyOf(row.id, asked, version), { ...toView(row, now, nameOf), readAhead }];
    });
  }

  private rows(
    principal: Principal,
    ids: readonly string[],
    page: PageRequest,
    version: number | null,
  ): Promise<Row[]> {
    const scope = scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), 2);
    const first = 2 + scope.parameters.length;
    const { where, orderBy, limit, parameters } = keyset(page, order, first);
    const asked = `$${first + parameters.length}::text`;
    const reachesPage = parameters.length > 0 ? `first_turn + turn_count > $${first}::integer` : 'true';
    return this.database.query<Row>(
      principal.workspaceId,
      `select ${conversationColumns},
              (select speakers from ingestion.transcripts version
                where version.conversation_id = conversation.id
                  and version.transcript_version = ${asked}) as version_speakers,
              (select json_agg(turn order by turn."index")
                 from (select "index", speaker as "speakerCode", text, "startMs", "endMs"
                         from ingestion.transcript_chunks chunk
                        cross join lateral jsonb_to_recordset(chunk.turns)
                                as each("index" integer, speaker text, text text, "startMs" integer, "endMs" integer)
                        where chunk.conversation_id = conversation.id
                          and chunk.transcript_version = coalesce(${asked}, conversation.transcript_version) and ${reachesPage} and ${where}
                        order by ${orderBy} limit ${limit}) turn) as turns
         from ingestion.conversations conversation
        where conversation.id = any($1::uuid[]) and ${scope.sql}`,
      [ids.filter(isUuid), ...scope.parameters, ...parameters, version === null ? null : String(version)],
    );
  }
}

/** Another one than the conversation's own was asked for, and there is none. */
export const unknownVersion = (): HarmonyError =>
  new HarmonyError('NOT_FOUND', { detail: 'The conversation has no transcript of this version.' });

const order = [{ sql: '"index"', type: 'integer' }] as const;

/** @throws HarmonyError INVALID_INPUT for a page that is none, before it joins others: a query answers all or none. */
function keyOf(id: string, { first, after }: PageRequest, version: number | null = null): string {
  keyset({ first, after }, order, 1);
  const wanted: Wanted = { conversationId: id.toLowerCase(), first, after: after ?? null, version };
  return JSON.stringify(wanted);
}

const toPage = (page: PageRequest, row: Row, nameOf: NameOf): Connection<TurnView> => {
  const spoken = { ...row, speakers: row.version_speakers ?? row.speakers };
  const names = new Map(spoken.speakers.map(({ code }) => [code, nameOf(spoken, code)]));
  return toConnection(
    page,
    row.turns ?? [],
    ({ index }) => [index],
    ({ index, speakerCode, text, startMs, endMs }) => {
      const speakerName = names.get(speakerCode) ?? nameOf(spoken, speakerCode);
      return { index, speakerCode, speakerName, text, startMs, endMs };
    },
  );
};

const emptyPage = (page: PageRequest): Connection<TurnView> =>
  toConnection<TurnView, TurnView>(
    page,
    [],
    () => [],
    (turn) => turn,
  );
