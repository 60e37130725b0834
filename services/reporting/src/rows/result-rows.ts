import { requirePermission, scopeFilter, type Directory, type Principal } from '@harmony/access';
import type { ScopedDatabase } from '@harmony/read-model';
import { DIRECTORY, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { PastEntry } from '../projections/past.js';
import { Names } from './names.js';
import {
  cellAsOf,
  resultRowView,
  type ConversationFacts,
  type ResultKey,
  type ResultRowView,
  type StoredCell,
} from './result-row.js';

interface Stored extends StoredCell, ConversationFacts {
  readonly past: readonly PastEntry[];
}

const idOf = (key: ResultKey): string => [key.conversationId, key.runId, key.definitionId].join().toLowerCase();

/** Results by their keys: for whoever has chosen which ones to show. */
@Injectable()
export class ResultRows {
  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  /**
   * In the order of the keys, in one query however many they are; what is not there, not there any more or not the
   * reader's to see is left out. With `asOf` everything is as it was then, but for names of people and teams.
   */
  async byKeys(principal: Principal, keys: readonly ResultKey[], asOf: Date | null = null): Promise<ResultRowView[]> {
    const scope = scopeFilter(principal, requirePermission(principal, 'conversations', 'read'), 4, scopeColumns);
    if (keys.length === 0) return [];
    const rows = await this.database.query<Stored>(principal.workspaceId, `${cellsByKeys} and ${scope.sql}`, [
      keys.map(({ conversationId }) => conversationId),
      keys.map(({ runId }) => runId),
      keys.map(({ definitionId }) => definitionId),
      ...scope.parameters,
    ]);
    const stored = rows.map((row) => ({ cell: cellAsOf(row, asOf), facts: factsAsOf(row, asOf) }));
    const mentioned = stored.flatMap(({ facts }) => [facts.team_id, facts.owner_id, facts.contact_id]);
    const names = new Names(this.directory, principal.workspaceId, mentioned);
    const views = stored.map(({ cell, facts }) => resultRowView(cell, facts, names));
    const viewOf = new Map(views.map((view) => [idOf(view), view]));
    return keys.flatMap((key) => viewOf.get(idOf(key)) ?? []);
  }
}

/** Whose a conversation is now decides who may read of it, of its past too. */
const scopeColumns = { owner: 'f.owner_id', createdBy: 'f.created_by', team: 'f.team_id' } as const;

const cellsByKeys = `
  select c.conversation_id, c.run_id, c.definition_id, c.definition_version, r.revision_id,
         coalesce(source.transcript_version, r.transcript_version) as transcript_version, c.outcome, c.failure_code,
         c.settled_at, c.answer, c.rationale, c.confidence, c.evidence, c.searched, c.origin, c.usage, c.result_id,
         f.title, f.medium, f.status, f.happened_at, f.team_id, f.owner_id, f.contact_id, f.past
    from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as wanted(conversation_id, run_id, definition_id)
    join reporting.cells c using (conversation_id, run_id, definition_id)
    join reporting.runs r using (conversation_id, run_id)
    join reporting.conversations f using (conversation_id)
    left join reporting.runs source on source.conversation_id = c.conversation_id and source.run_id = c.from_run_id
   where not f.is_deleted`;

/** Each column as the oldest entry has it that held longer than that. */
function factsAsOf(row: Stored, asOf: Date | null): ConversationFacts {
  if (asOf === null) return row;
  const later = row.past.filter(({ until }) => new Date(until) > asOf).map(({ was }) => was);
  const { happened_at: happenedAt, ...facts } = Object.assign({}, row, ...later.reverse()) as Stored;
  return { ...facts, happened_at: new Date(happenedAt) };
}
