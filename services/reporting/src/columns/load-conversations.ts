import type { ScopedDatabase } from '@harmony/read-model';
import type { ConversationStatus, Medium, RuleOutcome, RunKind } from '@harmony/contracts';
import type { AnswerValue, Cell } from '../domain/columns.js';
import { cellsAsOf, rowAsOf } from '../read-model/as-of.js';
import { inForceSql } from '../read-model/in-force.js';
import type { Moment } from '../read-model/moment.js';
import { Parameters } from '../read-model/sql.js';
import type { CellRecord, ConversationRecord } from './conversation.js';

/** Definition, outcome and value of an answer. */
type StoredCell = readonly [definitionId: string, outcome: Cell['outcome'], value: AnswerValue];

interface StoredConversation {
  readonly conversation_id: string;
  readonly run_id: string;
  readonly run_kind: RunKind;
  readonly revision_id: string | null;
  readonly happened_at: Date;
  readonly team_id: string | null;
  readonly owner_id: string | null;
  readonly contact_id: string | null;
  readonly medium: Medium;
  readonly status: ConversationStatus;
  readonly tags: readonly string[];
  readonly custom_fields: Readonly<Record<string, unknown>>;
  readonly access_owner_id: string | null;
  readonly access_created_by: string | null;
  readonly access_team_id: string | null;
  readonly cells: readonly StoredCell[] | null;
  readonly goals: readonly { readonly goalId: string; readonly outcome: RuleOutcome }[] | null;
  readonly scorecards: readonly { readonly scorecardId: string; readonly score: number | null }[] | null;
}

/** An answer by the columns that its type fills. */
const answerValue = `
  case when c.is_discussed is not null then jsonb_build_object('isDiscussed', c.is_discussed, 'rate', c.number,
                                                               'amount', c.amount, 'currency', c.currency)
       else coalesce(c.parts, to_jsonb(c.choice), to_jsonb(c.number)) end`;

export interface ProjectMoment {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly moment: Moment;
}

/** Those of the conversations that the project has at the moment, with the results of their run in force. */
export async function loadConversations(
  database: ScopedDatabase,
  { workspaceId, projectId, moment }: ProjectMoment,
  conversationIds: readonly string[],
): Promise<ConversationRecord[]> {
  const parameters = new Parameters(1);
  const ids = parameters.add(conversationIds);
  const project = `${parameters.add(projectId)}::uuid`;
  const inForce = parameters.include((first) => inForceSql(projectId, moment, first));
  const cells = parameters.include((first) => cellsAsOf(moment.asOf, first));
  const scores = scoresAt(moment, parameters);
  const rows = await database.query<StoredConversation>(
    workspaceId,
    `select f.conversation_id, f.run_id, f.run_kind, f.revision_id, f.happened_at, f.team_id, f.owner_id, f.contact_id,
            f.medium, f.status, f.tags, f.custom_fields, f.access_owner_id, f.access_created_by, f.access_team_id,
            (select json_agg(json_build_array(c.definition_id, c.outcome, ${answerValue}))
               from ${cells} c
              where c.conversation_id = f.conversation_id and c.run_id = f.run_id and c.project_id = ${project}
                and c.outcome <> 'DROPPED') as cells,
            s.goals, s.scorecards
       from (${inForce}) f
       left join reporting.scores now_scored
              on now_scored.conversation_id = f.conversation_id and now_scored.run_id = f.run_id
             and now_scored.project_id = ${project}
       left join lateral ${scores} s on true
      where f.conversation_id = any(${ids}::uuid[])`,
    parameters.values,
  );
  return rows.map(toRecord);
}

/** The scores of the row before it in the statement, as they were at the moment. */
function scoresAt({ asOf }: Moment, parameters: Parameters): string {
  if (asOf === null) return '(select now_scored.goals, now_scored.scorecards)';
  const time = `${parameters.add(asOf)}::timestamptz`;
  return `(select held.goals, held.scorecards from ${rowAsOf('now_scored', time)} held where held.evaluated_at <= ${time})`;
}

const toRecord = (row: StoredConversation): ConversationRecord => ({
  ...{ conversationId: row.conversation_id, runId: row.run_id, runKind: row.run_kind, revisionId: row.revision_id },
  happenedAt: row.happened_at.getTime(),
  ...{ teamId: row.team_id, ownerId: row.owner_id, contactId: row.contact_id },
  ...{ medium: row.medium, status: row.status, tags: row.tags, customFields: row.custom_fields },
  access: { ownerId: row.access_owner_id, createdBy: row.access_created_by, teamId: row.access_team_id },
  cells: (row.cells ?? []).map(toCell),
  goals: row.goals ?? [],
  scorecards: row.scorecards ?? [],
});

const toCell = ([definitionId, outcome, value]: StoredCell): CellRecord => ({
  definitionId,
  cell: outcome === 'ANSWERED' ? { outcome, value } : { outcome },
});
