import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { unnamedSpeaker, type NamedTurn, type Turn } from '@harmony/transcript';
import { Inject, Injectable } from '@nestjs/common';
import { SpeakerNames, type MatchedSpeakers } from '../speakers/speaker-names.js';
import { unknownVersion } from './transcript-queries.js';

interface Head extends MatchedSpeakers {
  readonly version: string;
  readonly hasTimes: boolean;
}

interface Wish {
  readonly needsTimes: boolean;
  /** One that a revision made, or an earlier one; absent: the conversation's own. */
  readonly version?: number | undefined;
}

/** Chunks that are read at once; each has at most 256 KB of turns. */
const chunksAtOnce = 4;

/** Reads transcripts from beginning to end with flat memory, in the version that was there when the reading began. */
@Injectable()
export class WholeTranscripts {
  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    private readonly speakerNames: SpeakerNames,
  ) {}

  /**
   * @throws HarmonyError NOT_FOUND, also for a version that is not there, TRANSCRIPT_NOT_READY, or TRANSCRIPT_WITHOUT_TIMES when times are needed and no turn
   * states one
   */
  async turns(
    principal: Principal,
    conversationId: string,
    { needsTimes, version }: Wish,
  ): Promise<AsyncGenerator<NamedTurn>> {
    const head = await this.head(principal, conversationId, version);
    if (needsTimes && !head.hasTimes) throw new HarmonyError('TRANSCRIPT_WITHOUT_TIMES');
    const nameOf = await this.speakerNames.of(principal.workspaceId, [head]);
    const names = new Map(head.speakers.map(({ code }) => [code, nameOf(head, code)]));
    return this.read(principal, conversationId, head.version, names);
  }

  private async head(principal: Principal, conversationId: string, asked: number | undefined): Promise<Head> {
    const scope = scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), 3);
    if (!isUuid(conversationId)) throw new HarmonyError('NOT_FOUND');
    const [head] = await this.database.query<Omit<Head, 'version'> & { version: string | null; isThere: boolean }>(
      principal.workspaceId,
      `select wanted.version, coalesce(version.speakers, conversation.speakers) as speakers, speaker_matches,
              $2::text is null or version.speakers is not null as "isThere",
              exists (select 1 from ingestion.transcript_chunks chunk
                       where chunk.conversation_id = conversation.id and chunk.transcript_version = wanted.version
                         and jsonb_path_exists(turns, '$[*].startMs ? (@ != null)')) as "hasTimes"
         from ingestion.conversations conversation
        cross join lateral (select coalesce($2::text, conversation.transcript_version) as version) wanted
         left join ingestion.transcripts version
           on version.conversation_id = conversation.id and version.transcript_version = $2::text
        where conversation.id = $1::uuid and ${scope.sql}`,
      [conversationId, asked === undefined ? null : String(asked), ...scope.parameters],
    );
    if (!head) throw new HarmonyError('NOT_FOUND');
    if (!head.isThere) throw unknownVersion();
    const { version } = head;
    if (version === null) throw new HarmonyError('TRANSCRIPT_NOT_READY');
    return { ...head, version };
  }

  private async *read(
    principal: Principal,
    conversationId: string,
    version: string,
    names: ReadonlyMap<string, string>,
  ): AsyncGenerator<NamedTurn> {
    let next = 0;
    for (;;) {
      const chunks = await this.chunksFrom(principal, conversationId, version, next);
      for (const { turns } of chunks) {
        for (const { speaker, text, startMs, endMs } of turns) {
          yield { speakerName: names.get(speaker) ?? unnamedSpeaker, text, startMs, endMs };
        }
      }
      const last = chunks.at(-1);
      if (!last || chunks.length < chunksAtOnce) return;
      next = last.firstTurn + last.turns.length;
    }
  }

  private chunksFrom(
    principal: Principal,
    conversationId: string,
    version: string,
    firstTurn: number,
  ): Promise<{ firstTurn: number; turns: readonly Turn[] }[]> {
    return this.database.query(
      principal.workspaceId,
      `select first_turn as "firstTurn", turns from ingestion.transcript_chunks
        where conversation_id = $1::uuid and transcript_version = $2 and first_turn >= $3
        order by first_turn limit ${chunksAtOnce}`,
      [conversationId, version, firstTurn],
    );
  }
}
