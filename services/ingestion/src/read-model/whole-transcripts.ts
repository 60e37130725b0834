import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { unnamedSpeaker, type NamedTurn, type Turn } from '@harmony/transcript';
import { Inject, Injectable } from '@nestjs/common';
import { SpeakerNames, type MatchedSpeakers } from '../speakers/speaker-names.js';

interface Head extends MatchedSpeakers {
  readonly version: string;
  readonly hasTimes: boolean;
}

interface Wish {
  readonly needsTimes: boolean;
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
   * @throws HarmonyError NOT_FOUND, TRANSCRIPT_NOT_READY, or TRANSCRIPT_WITHOUT_TIMES when times are needed and no turn
   * states one
   */
  async turns(principal: Principal, conversationId: string, { needsTimes }: Wish): Promise<AsyncGenerator<NamedTurn>> {
    const head = await this.head(principal, conversationId);
    if (needsTimes && !head.hasTimes) throw new HarmonyError('TRANSCRIPT_WITHOUT_TIMES');
    const nameOf = await this.speakerNames.of(principal.workspaceId, [head]);
    const names = new Map(head.speakers.map(({ code }) => [code, nameOf(head, code)]));
    return this.read(principal, conversationId, head.version, names);
  }

  private async head(principal: Principal, conversationId: string): Promise<Head> {
    const scope = scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), 2);
    if (!isUuid(conversationId)) throw new HarmonyError('NOT_FOUND');
    const [head] = await this.database.query<Omit<Head, 'version'> & { version: string | null }>(
      principal.workspaceId,
      `select transcript_version as version, speakers, speaker_matches,
              exists (select 1 from ingestion.transcript_chunks chunk
                       where chunk.conversation_id = id and chunk.transcript_version = conversation.transcript_version
                         and jsonb_path_exists(turns, '$[*].startMs ? (@ != null)')) as "hasTimes"
         from ingestion.conversations conversation where id = $1::uuid and ${scope.sql}`,
      [conversationId, ...scope.parameters],
    );
    if (!head) throw new HarmonyError('NOT_FOUND');
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
