import type { AnswerInputDigests, Finding } from '@harmony/contracts';
import type { Reads } from '../reads.js';
import type { StoredCell } from './plan-cells.js';

export interface InForce {
  readonly runId: string;
  /** Definitions that it has a result of. */
  readonly definitionIds: readonly string[];
}

const words = (text: string): string[] => (text === '' ? [] : text.split(' '));

/** Of each conversation that belongs into the project today: the run by which it does (D3). */
export async function inForceOf(
  { workspaceId, query }: Reads,
  projectId: string,
  conversationIds: readonly string[],
): Promise<Map<string, InForce>> {
  const belongs = JSON.stringify([{ projectId, eligible: true }]);
  const rows = await query<{ conversation_id: string; run_id: string; definition_ids: string }>(runsInForce, [
    ...[workspaceId, conversationIds, projectId, belongs],
  ]);
  return new Map(
    rows.map(({ conversation_id: id, run_id: runId, definition_ids: ids }) => [
      id,
      { runId, definitionIds: words(ids) },
    ]),
  );
}

/** Run identities of all answers about each conversation, whatever asked for them. */
export async function identitiesOf(
  { workspaceId, query }: Reads,
  conversationIds: readonly string[],
): Promise<Map<string, ReadonlySet<string>>> {
  const rows = await query<{ conversation_id: string; identities: string }>(
    `select conversation_id, identities
       from unnest($2::uuid[]) as wanted(conversation_id)
      cross join lateral (
        select coalesce(string_agg(c.identity, ' ') filter (where c.outcome in ('ANSWERED', 'NOT_DISCUSSED')), '')
               as identities
          from insights.results c
         where c.workspace_id = $1 and c.conversation_id = wanted.conversation_id) as stored`,
    [workspaceId, conversationIds],
  );
  return new Map(rows.map(({ conversation_id: id, identities }) => [id, new Set(words(identities))]));
}

/** What analysts said of criteria, by run identity; what was said last counts. */
export async function verdictsOf(
  { workspaceId, query }: Reads,
  conversationIds: readonly string[],
): Promise<Map<string, ReadonlyMap<string, Finding>>> {
  const rows = await query<{ conversation_id: string; identity: string; finding: Finding }>(
    `select conversation_id, identity, finding
       from insights.verdicts
      where workspace_id = $1 and conversation_id = any($2::uuid[]) and finding is not null
      order by revision`,
    [workspaceId, conversationIds],
  );
  const found = new Map<string, Map<string, Finding>>();
  for (const { conversation_id: id, identity, finding } of rows) {
    found.set(id, (found.get(id) ?? new Map<string, Finding>()).set(identity, finding));
  }
  return found;
}

/** What is there of some definitions: in force, else of the latest run that settled them. */
export async function cellsOf(
  { workspaceId, query }: Reads,
  conversationIds: readonly string[],
  definitionIds: readonly string[],
  runIdsInForce: readonly string[],
): Promise<Map<string, ReadonlyMap<string, StoredCell>>> {
  const rows = await query<{
    conversation_id: string;
    definition_id: string;
    outcome: StoredCell['outcome'];
    inputs: AnswerInputDigests | null;
  }>(latestCells, [workspaceId, conversationIds, definitionIds, runIdsInForce]);
  const found = new Map<string, Map<string, StoredCell>>();
  for (const { conversation_id: id, definition_id: definitionId, outcome, inputs } of rows) {
    found.set(id, (found.get(id) ?? new Map<string, StoredCell>()).set(definitionId, { outcome, inputs }));
  }
  return found;
}

/** Each conversation is looked up by itself: it has few rows among very many, whatever the planner of queries supposes. */
const settled = `('ANSWERED', 'NOT_DISCUSSED', 'FAILED')`;

const runsInForce = `
  with newest as (
    select distinct on (r.conversation_id) r.conversation_id, r.run_id, r.eligibility @> $4::jsonb as belongs
      from insights.runs r
      left join insights.lives l on l.revision_id = r.revision_id and l.project_id = $3
     where r.workspace_id = $1 and r.conversation_id = any($2::uuid[])
       and (r.kind = 'PIPELINE' or l.revision_id is not null)
     order by r.conversation_id, coalesce(l.major, r.major) desc, coalesce(l.minor, r.minor) desc,
              r.major desc, r.minor desc)
  select n.conversation_id, n.run_id, found.definition_ids
    from newest n
   cross join lateral (
     select coalesce(string_agg(c.definition_id::text, ' ' order by c.definition_id)
                     filter (where c.project_id = $3 and c.outcome in ${settled}), '') as definition_ids
       from insights.results c
      where c.conversation_id = n.conversation_id and c.run_id = n.run_id) as found
   where n.belongs`;

const latestCells = `
  select wanted.conversation_id, latest.definition_id, latest.outcome, latest.inputs
    from unnest($2::uuid[]) as wanted(conversation_id)
   cross join lateral (
     select distinct on (c.definition_id) c.definition_id, c.outcome, c.inputs
       from insights.results c
       join insights.runs r on r.conversation_id = c.conversation_id and r.run_id = c.run_id
      where c.workspace_id = $1 and c.conversation_id = wanted.conversation_id
        and c.definition_id = any($3::uuid[]) and c.outcome in ${settled}
      order by c.definition_id, (c.run_id = any($4::uuid[])) desc, r.major desc, r.minor desc) as latest`;
