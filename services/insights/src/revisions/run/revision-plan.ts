import type { EventDataOf, HarmonyEvent } from '@harmony/contracts';

type Planned = EventDataOf<'RevisionBatchPlanned'>['conversations'][number];

/** What a revision covers, folded from `revision-plan-<revisionId>`. */
export interface RevisionPlan {
  readonly projectId: string;
  /** By run. */
  readonly runs: ReadonlyMap<string, Pick<Planned, 'conversationId' | 'repeated'>>;
}

/** After one more event; what only sums the plan up changes nothing. */
export function evolve(plan: RevisionPlan | undefined, event: HarmonyEvent): RevisionPlan | undefined {
  if (event.type !== 'RevisionBatchPlanned') return plan;
  const { projectId, conversations } = event.data;
  const runs = new Map(plan?.runs);
  for (const { runId, conversationId, repeated } of conversations) runs.set(runId, { conversationId, repeated });
  return { projectId, runs };
}
