import { isUuid, requirePermission, scopeFilter, type Directory, type Principal } from '@harmony/access';
import { batchLoader } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { DIRECTORY, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { toView, type ExtractionRow, type ExtractionView } from './extraction-view.js';

interface Found {
  /** Null until the conversation has been looked through. */
  readonly view: ExtractionView | null;
}

/** Only where somebody said who a speaker is: elsewhere the sides are those of the transcript. */
const talkOfMatched = `(select turns from extraction.talk
  where talk.conversation_id = extractions.conversation_id and speaker_matches <> '{}'
    and talk.transcript_version = extractions.transcript_version)`;

/** Reads what conversations say, for a person: their workspace by row-level security, their scope by the one filter. */
@Injectable()
export class ExtractionQueries {
  private readonly load = batchLoader((principal: Principal, ids) => this.loadMany(principal, ids));

  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  /**
   * Null for a conversation that has not been looked through yet.
   * @throws HarmonyError NOT_FOUND for an unknown id and for one that the reader may not see, alike
   */
  async ofConversation(principal: Principal, conversationId: string): Promise<ExtractionView | null> {
    const found = await this.load(principal, conversationId.toLowerCase());
    if (!found) throw new HarmonyError('NOT_FOUND');
    return found.view;
  }

  private async loadMany(principal: Principal, ids: readonly string[]): Promise<Map<string, Found>> {
    const scope = scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), 2);
    const rows = await this.database.query<ExtractionRow>(
      principal.workspaceId,
      `select conversation_id, speakers, speaker_matches, extraction_version, transcript_version, extraction,
              statistics, origin, extracted_at, ${talkOfMatched} as talk
         from extraction.extractions where conversation_id = any($1::uuid[]) and ${scope.sql}`,
      [ids.filter(isUuid), ...scope.parameters],
    );
    const people = await this.peopleOf(principal, rows);
    return new Map(rows.map((row) => [row.conversation_id, { view: toView(row, people) }]));
  }

  private async peopleOf(
    { workspaceId }: Principal,
    rows: readonly ExtractionRow[],
  ): Promise<ReadonlyMap<string, string>> {
    const matches = rows.flatMap((row) => Object.values(row.speaker_matches));
    const ids = matches.flatMap((match) => (match && match.kind !== 'NAME' ? [match.id] : []));
    return ids.length > 0 ? this.directory.namesOf(workspaceId, [...new Set(ids)]) : new Map();
  }
}
