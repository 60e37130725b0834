import type { EventDataOf } from '@harmony/contracts';
import type { ConversationPlan } from './plan-conversation.js';
import type { Reads } from '../reads.js';
import { noEarlierWork } from './earlier-work.js';
import { inForceOf } from './stored-answers.js';

type Part = NonNullable<EventDataOf<'RevisionRequested'>['part']>;

const chunkSize = 1_000;

/**
 * What a part of a revision covers (B14): conversations that the whole has a run of. Nothing is asked: some definitions
 * are taken over from that run, and the others from what is in force.
 */
export async function partOfRevision(
  reads: Reads,
  projectId: string,
  part: Part,
  conversationIds: readonly string[],
): Promise<ConversationPlan[]> {
  const plans: ConversationPlan[] = [];
  for (let from = 0; from < conversationIds.length; from += chunkSize) {
    const chunk = conversationIds.slice(from, from + chunkSize);
    const inForce = await inForceOf(reads, projectId, chunk);
    const rows = await reads.query<{ conversation_id: string; definition_ids: string[] }>(runsOfRevision, [
      ...[reads.workspaceId, chunk, part.ofRevisionId, part.definitionIds],
    ]);
    plans.push(
      ...rows.map(({ conversation_id: id, definition_ids: taken }) => {
        const others = inForce.get(id)?.definitionIds.filter((one) => !part.definitionIds.includes(one)) ?? [];
        return carriedOver(id, [...taken, ...others]);
      }),
    );
  }
  return plans;
}

const carriedOver = (conversationId: string, definitionIds: readonly string[]): ConversationPlan => ({
  ...{ conversationId, stage: 'INSIGHTS', isUndecided: false, work: noEarlierWork },
  cells: definitionIds.map((definitionId) => ({ definitionId, decision: 'REUSED', reason: 'UNCHANGED' })),
});

const runsOfRevision = `
  with latest as (
    select distinct on (conversation_id) conversation_id, run_id
      from insights.runs
     where workspace_id = $1 and conversation_id = any($2::uuid[]) and revision_id = $3
     order by conversation_id, major desc, minor desc)
  select conversation_id,
         array(select definition_id::text from insights.results r
                where r.conversation_id = latest.conversation_id and r.run_id = latest.run_id
                  and r.definition_id = any($4::uuid[])
                order by definition_id) as definition_ids
    from latest`;
