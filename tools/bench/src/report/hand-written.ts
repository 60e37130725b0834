import type { Pool } from 'pg';

/** What is narrowed down to; absent: everything. */
export interface ReportFilter {
  readonly from?: string;
  readonly to?: string;
  readonly tags?: readonly string[];
  readonly statuses?: readonly string[];
}

export interface Asked {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly filter: ReportFilter;
}

const selected = `
  with live as (
    select distinct on (revision_id) revision_id, major, minor from reporting.lives
     where project_id = $2 and rolled_back_at is null order by revision_id, major desc, minor desc
  ), in_force as (
    select distinct on (r.conversation_id) r.conversation_id, r.run_id, r.project_ids
      from reporting.runs r left join live using (revision_id)
     where r.workspace_id = $1 and (r.kind = 'PIPELINE' or live.revision_id is not null)
     order by r.conversation_id, coalesce(live.major, r.major) desc, coalesce(live.minor, r.minor) desc,
              r.major desc, r.minor desc
  ), selected as materialized (
    select c.conversation_id, f.run_id, date_trunc('week', c.happened_at) as point
      from reporting.conversations c join in_force f using (conversation_id)
     where c.workspace_id = $1 and not c.is_deleted and f.project_ids @> array[$2::uuid]
       and ($3::timestamptz is null or c.happened_at >= $3) and ($4::timestamptz is null or c.happened_at < $4)
       and ($5::text[] is null or c.tags && $5) and ($6::text[] is null or c.status = any($6))
  )`;

/** Every card and its trend: each distinct answer of each week with its count, from which all figures follow. */
const cards = `${selected}
  select c.definition_id, s.point, c.outcome, c.choice, c.number, c.is_discussed, c.amount, c.currency, c.parts,
         count(*)::int as count
    from selected s join reporting.cells c on c.conversation_id = s.conversation_id and c.run_id = s.run_id
   where c.project_id = $2 and c.outcome <> 'DROPPED'
   group by c.definition_id, s.point, c.outcome, c.choice, c.number, c.is_discussed, c.amount, c.currency, c.parts`;

/** Every goal and scorecard and its trend. */
const rules = `${selected}
  select s.point, goal ->> 'goalId' as goal, goal ->> 'outcome' as outcome, count(*)::int as count
    from selected s join reporting.scores e on e.conversation_id = s.conversation_id and e.run_id = s.run_id,
         jsonb_array_elements(e.goals) goal
   where e.project_id = $2 group by 1, 2, 3
  union all
  select s.point, card ->> 'scorecardId', card ->> 'score', count(*)::int
    from selected s join reporting.scores e on e.conversation_id = s.conversation_id and e.run_id = s.run_id,
         jsonb_array_elements(e.scorecards) card
   where e.project_id = $2 group by 1, 2, 3`;

interface CardRow {
  readonly definition_id: string;
  readonly outcome: string;
  readonly count: number;
}

/**
 * The figures of a whole report as somebody would ask Postgres for them who knows the tables.
 * @returns how many answers each definition has
 */
export async function handWritten(pool: Pool, { workspaceId, projectId, filter }: Asked): Promise<Map<string, number>> {
  const { from = null, to = null, tags = null, statuses = null } = filter;
  const parameters = [workspaceId, projectId, from, to, tags, statuses];
  const { rows } = await pool.query<CardRow>({ name: 'cards', text: cards, values: parameters });
  await pool.query({ name: 'rules', text: rules, values: parameters });
  const answered = new Map<string, number>();
  for (const { definition_id: id, outcome, count } of rows) {
    answered.set(id, (answered.get(id) ?? 0) + (outcome === 'ANSWERED' ? count : 0));
  }
  return answered;
}
