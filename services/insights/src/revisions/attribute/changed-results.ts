import { isChanged } from '@harmony/analysis';
import type { Answer, EventDataOf, Finding } from '@harmony/contracts';
import { createHash } from 'node:crypto';
import type { Reads } from '../reads.js';

/** A result that a revision changed, with the run whose result it would replace. */
export type ChangedResult = EventDataOf<'RevisionChangesDrawn'>['changes'][number];

/** Whose changes are drawn. */
export interface DrawnFrom {
  readonly revisionId: string;
  readonly projectId: string;
  readonly definitionIds: readonly string[];
}

interface Row {
  readonly conversation_id: string;
  readonly run_id: string;
  readonly before_run_id: string;
  readonly definition_id: string;
  readonly result_id: string;
  readonly before: Answer | null;
  readonly after: Answer | null;
}

interface Drawn {
  readonly change: ChangedResult;
  readonly lot: string;
}

const conversationsAtOnce = 500;

/**
 * Changed results of a revision (D5), at most so many: by lot, and the same ones whenever the same revision draws. They
 * are compared with what is in force without the revision, and for one that is live with what was in force before it.
 * Goes through all conversations once, some at a time, and holds no more than it draws.
 */
export async function changedResults(
  { workspaceId, query }: Reads,
  { revisionId, projectId, definitionIds }: DrawnFrom,
  size: number,
): Promise<ChangedResult[]> {
  let drawn: Drawn[] = [];
  for (let after: string | null = null; ;) {
    const page: { id: string }[] = await query<{ id: string }>(conversations, [
      ...[workspaceId, revisionId, after, conversationsAtOnce],
    ]);
    const ids = page.map(({ id }) => id);
    const rows = await query<Row>(otherResults, [workspaceId, revisionId, projectId, ids, definitionIds]);
    const changed = rows.filter((row) => isChanged(findingOf(row.before), findingOf(row.after)));
    drawn = [...drawn, ...changed.map((row) => drawnOf(row, revisionId))].sort(byLot).slice(0, size);
    if (ids.length < conversationsAtOnce) return drawn.map(({ change }) => change);
    after = ids.at(-1) ?? null;
  }
}

const byLot = (left: Drawn, right: Drawn): number => (left.lot < right.lot ? -1 : 1);

const drawnOf = (row: Row, revisionId: string): Drawn => ({
  change: {
    ...{ conversationId: row.conversation_id, runId: row.run_id },
    ...{ beforeRunId: row.before_run_id, definitionId: row.definition_id },
  },
  lot: createHash('sha256').update(`${revisionId}/${row.result_id}`).digest('hex'),
});

const reasoning = { rationale: '', confidence: 0, evidence: [], searched: [] };

/** No answer where nobody spoke of it. */
const findingOf = (answer: Answer | null): Finding =>
  answer ? { outcome: 'ANSWERED', answer, ...reasoning } : { outcome: 'NOT_DISCUSSED', ...reasoning };

const conversations = `
  select distinct r.conversation_id as id
    from insights.runs r
   where r.workspace_id = $1 and r.revision_id = $2 and ($3::uuid is null or r.conversation_id > $3)
   order by r.conversation_id limit $4`;

/** What is equal as it is stored, and what is the very same result, changed nothing. */
const otherResults = `
  with made_live as (
    select major, minor
      from (select l.revision_id, l.major, l.minor from insights.lives l
             where l.workspace_id = $1 and l.project_id = $3 order by l.major desc, l.minor desc limit 1) latest
     where revision_id = $2
  ), pairs as (
    select wanted.id as conversation_id, own.run_id, before.run_id as before_run_id
      from unnest($4::uuid[]) as wanted(id)
     cross join lateral (
        select r.run_id from insights.runs r
         where r.workspace_id = $1 and r.conversation_id = wanted.id and r.revision_id = $2
         order by r.major desc, r.minor desc limit 1) own
     cross join lateral (
        select r.run_id
          from insights.runs r
          left join insights.lives l on l.revision_id = r.revision_id and l.project_id = $3
         where r.workspace_id = $1 and r.conversation_id = wanted.id and r.revision_id is distinct from $2
           and (r.kind = 'PIPELINE' or l.revision_id is not null)
           and not exists (select from made_live m where (r.major, r.minor) > (m.major, m.minor))
         order by coalesce(l.major, r.major) desc, coalesce(l.minor, r.minor) desc, r.major desc, r.minor desc
         limit 1) before
  )
  select pairs.conversation_id, pairs.run_id, pairs.before_run_id, a.definition_id, a.result_id,
         b.answer as before, a.answer as after
    from pairs
   cross join lateral (
      select c.definition_id, c.result_id, c.answer from insights.results c
       where c.conversation_id = pairs.conversation_id and c.run_id = pairs.run_id
         and c.definition_id = any($5::uuid[]) and c.outcome in ('ANSWERED', 'NOT_DISCUSSED')) a
   cross join lateral (
      select c.result_id, c.answer from insights.results c
       where c.conversation_id = pairs.conversation_id and c.run_id = pairs.before_run_id
         and c.definition_id = a.definition_id and c.outcome in ('ANSWERED', 'NOT_DISCUSSED')) b
   where a.result_id <> b.result_id and a.answer is distinct from b.answer`;
