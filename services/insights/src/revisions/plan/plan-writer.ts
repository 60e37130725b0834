import { HarmonyError, streams } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { eventsFrom, fact, type Cause, type Fact } from '@harmony/kernel';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { PlannedConversation } from './revision-plan-streams.js';
import type { Figures } from './planner.js';
import { RevisionStreams } from './revision-streams.js';

/** Where a plan is written. */
export interface PlanPlace {
  readonly revisionId: string;
  readonly projectId: string;
  readonly attempt: number;
  readonly cause: Cause;
  /** Of the last event of the plan's stream; -1 before the first one. */
  readonly revision: number;
  readonly signal: AbortSignal;
}

/** What an attempt does. */
export interface PlannedAttempt {
  readonly conversations: readonly PlannedConversation[];
  /** Ids of the conversations that earlier attempts have planned. */
  readonly before: Pick<ReadonlySet<string>, 'has'>;
}

/** Conversations of one event. */
const maximumConversations = 200;
/** Ids of one event: what is appended has to stay under a limit. */
const maximumIds = 12_000;

/** Writes a plan behind what is there of it. Whoever was faster ends it: the plan goes on from what is there then. */
@Injectable()
export class PlanWriter {
  constructor(
    private readonly requested: RevisionStreams,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /**
   * Nothing more once the revision is cancelled.
   * @throws HarmonyError WRONG_EXPECTED_REVISION where somebody else writes the same plan
   */
  async write(place: PlanPlace, { conversations, before }: PlannedAttempt, figures: Figures): Promise<void> {
    const { revisionId, projectId, attempt } = place;
    const about = { revisionId, projectId };
    let { revision } = place;
    for (const batch of batchesOf(conversations)) {
      if (await this.isCancelled(place)) return;
      const plannedBefore = batch.filter(({ conversationId }) => before.has(conversationId)).length;
      const known = plannedBefore > 0 ? { plannedBefore } : {};
      const planned = fact('RevisionBatchPlanned', { ...about, attempt, conversations: batch, ...known });
      revision = await this.append(place, planned, revision);
    }
    if (await this.isCancelled(place)) return;
    const planned = { ...about, ...(attempt > 1 && { attempt }), ...figures };
    await this.append(place, fact('RevisionPlanned', planned), revision);
  }

  /** It could not be planned. */
  async fail(place: PlanPlace, error: unknown): Promise<void> {
    if (await this.isCancelled(place)) return;
    const { revisionId, projectId, attempt, revision } = place;
    const code = error instanceof HarmonyError ? error.code : 'INTERNAL';
    await this.append(place, fact('RevisionPlanFailed', { revisionId, projectId, attempt, code }), revision);
  }

  private async append({ revisionId, cause }: PlanPlace, planned: Fact, revision: number): Promise<number> {
    const stream = streams.revisionPlan(revisionId);
    const events = eventsFrom(cause, `${stream}/behind-${revision}`, [planned]);
    const appended = await this.store.append(stream, events, revision < 0 ? 'none' : revision);
    return appended.revision;
  }

  private async isCancelled({ revisionId, projectId, signal }: PlanPlace): Promise<boolean> {
    signal.throwIfAborted();
    const { state } = await this.requested.load(projectId);
    return state?.get(revisionId)?.isCancelled ?? true;
  }
}

function batchesOf(conversations: readonly PlannedConversation[]): PlannedConversation[][] {
  const batches: PlannedConversation[][] = [];
  let ids = Infinity;
  for (const one of conversations) {
    const size = 2 + one.asked.length + one.repeated.length;
    const last = batches.at(-1);
    const fits = last && last.length < maximumConversations && ids + size <= maximumIds;
    if (fits) last.push(one);
    else batches.push([one]);
    ids = fits ? ids + size : size;
  }
  return batches;
}
