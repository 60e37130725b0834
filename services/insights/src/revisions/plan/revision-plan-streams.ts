import { streams, type EventDataOf, type HarmonyEvent } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';

type Batch = EventDataOf<'RevisionBatchPlanned'>;
export type PlannedConversation = Batch['conversations'][number];

/** What is written of a plan, folded from `revision-plan-<revisionId>`. */
export interface RevisionPlan {
  /** By conversation, as the latest attempt that touched it has it. */
  readonly conversations: ReadonlyMap<string, PlannedConversation & { readonly attempt: number }>;
  /** Attempts whose last batch is written. */
  readonly complete: ReadonlySet<number>;
}

export const noPlan: RevisionPlan = { conversations: new Map(), complete: new Set() };

export function evolve(before: RevisionPlan | undefined, event: HarmonyEvent): RevisionPlan {
  const plan = before ?? noPlan;
  if (event.type === 'RevisionPlanned') {
    return { ...plan, complete: new Set(plan.complete).add(event.data.attempt ?? 1) };
  }
  if (event.type !== 'RevisionBatchPlanned') return plan;
  const { attempt } = event.data;
  const conversations = new Map(plan.conversations);
  for (const one of event.data.conversations) conversations.set(one.conversationId, { ...one, attempt });
  return { ...plan, conversations };
}

/** Plans of revisions in the event store. */
@Injectable()
export class RevisionPlanStreams extends StateStreams<RevisionPlan> {
  constructor(@Inject(EVENT_STORE) store: EventStore) {
    super(store, { stream: streams.revisionPlan, evolve });
  }
}
