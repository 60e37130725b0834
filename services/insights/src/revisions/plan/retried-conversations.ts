import type { Reads } from '../reads.js';
import { noEarlierWork, type EarlierWork } from './earlier-work.js';
import type { ConversationPlan } from './plan-conversation.js';
import type { PlannedConversation, RevisionPlan } from './revision-plan-streams.js';

/** A conversation that is tried again, as the new attempt has it, but for its run. */
export type Retried = Omit<PlannedConversation, 'runId'>;

/** One that failed in an earlier attempt. */
export interface FailedConversation {
  readonly retried: Retried;
  /** Whether it got as far as its run: what comes before is there. */
  readonly hasRun: boolean;
  readonly recordingMs: number | null;
}

const chunkSize = 1_000;

/**
 * What failed in earlier attempts: conversations whose run never came to its end, and those in whose run some definition
 * failed. Deleted ones are gone.
 */
export async function retriedConversations(
  reads: Reads,
  plan: RevisionPlan,
  attempt: number,
): Promise<FailedConversation[]> {
  const tried = [...plan.conversations.values()].filter((one) => one.attempt < attempt);
  const failed: FailedConversation[] = [];
  for (let from = 0; from < tried.length; from += chunkSize) {
    failed.push(...(await failedOf(reads, tried.slice(from, from + chunkSize))));
  }
  return failed;
}

interface EndRow {
  readonly conversation_id: string;
  readonly has_run: boolean;
  readonly recording_ms: number | null;
  readonly is_fine: boolean;
  /** Definitions without an answer. */
  readonly open: readonly string[];
}

async function failedOf(
  { workspaceId, query }: Reads,
  tried: readonly PlannedConversation[],
): Promise<readonly FailedConversation[]> {
  const rows = await query<EndRow>(ends, [
    workspaceId,
    tried.map(({ conversationId }) => conversationId),
    tried.map(({ runId }) => runId),
  ]);
  const endOf = new Map(rows.map((row) => [row.conversation_id, row]));
  return tried.flatMap(({ conversationId, stage, asked, repeated }) => {
    const end = endOf.get(conversationId);
    if (!end || end.is_fine) return [];
    // What a run asked again beside its cells, it asks once.
    const retried = end.has_run
      ? { conversationId, stage, asked: [...end.open], repeated: [] }
      : { conversationId, stage, asked, repeated };
    return { retried, hasRun: end.has_run, recordingMs: end.recording_ms };
  });
}

/**
 * What is done with the cells of a conversation that is tried again.
 * @param criterionIds those that an analyst judges
 */
export const retryPlan = (
  { retried: { conversationId, stage, asked }, ...failed }: FailedConversation,
  definitionIds: readonly string[],
  criterionIds: readonly string[],
): ConversationPlan => ({
  ...{ conversationId, stage, isUndecided: false, work: remainingWork(stage, failed, criterionIds) },
  cells: definitionIds.map((definitionId) =>
    asked.includes(definitionId)
      ? { definitionId, decision: 'RERUN', reason: 'FAILED_BEFORE' }
      : { definitionId, decision: 'REUSED', reason: 'UNCHANGED' },
  ),
});

/** What was made before a run failed to start is used again, which nobody can tell before. */
const remainingWork = (
  stage: EarlierWork['stage'],
  { hasRun, recordingMs }: Omit<FailedConversation, 'retried'>,
  criterionIds: readonly string[],
): EarlierWork =>
  hasRun
    ? noEarlierWork
    : { stage, recordingMs, isCertain: false, criteria: { ids: criterionIds, isFirstCertain: false } };

const ends = `
  select c.conversation_id, c.recording_ms::float8, r.run_id is not null as has_run,
         coalesce(r.completed_at is not null and (r.counts->>'failed')::int = 0, false) as is_fine,
         array(select definition_id::text from insights.results o
                where o.conversation_id = r.conversation_id and o.run_id = r.run_id
                  and o.outcome not in ('ANSWERED', 'NOT_DISCUSSED')) as open
    from unnest($2::uuid[], $3::uuid[]) as tried(conversation_id, run_id)
    join insights.conversations c using (conversation_id)
    left join insights.runs r on r.conversation_id = tried.conversation_id and r.run_id = tried.run_id
   where c.workspace_id = $1`;
