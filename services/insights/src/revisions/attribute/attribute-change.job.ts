import { isChanged } from '@harmony/analysis';
import { noUsage, type EventDataOf, type Finding, type Usage } from '@harmony/contracts';
import { usageOf } from '@harmony/llm';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import { JobRunner } from '@harmony/runtime';
import { Injectable } from '@nestjs/common';
import { AskAnalyst } from '../../analyst/ask-analyst.js';
import { durationOf } from '../../analyst/duration-of.js';
import type { Inquiry } from '../../analyst/inquiry.js';
import { decideAttributed } from '../../domain/decide-run.js';
import { Replies, type ReplyOwner } from '../../journal/replies.js';
import { InsightsStreams } from '../../streams/insights-streams.js';
import { unlessDeleted } from '../../streams/unless-deleted.js';
import { Budget } from '../../usage/budget.js';
import { PauseInsights } from '../../usage/pause-insights.js';
import { AttributableChanges, type AttributableChange } from './attributable-changes.js';
import {
  attributeChangeJob,
  attributeChangePayload,
  newAttributeJob,
  type AttributeChangePayload,
} from './attribute-changes.js';
import { oneAtATime } from './one-at-a-time.js';
import { Questions } from './questions.js';

type Attributed = EventDataOf<'ChangeAttributed'>;
type Effects = Attributed['effects'];
type Sides = NonNullable<AttributableChange['sides']>;

/** What questions found, and what they took. */
interface Asked {
  readonly effects: Effects;
  readonly usage: Usage;
  readonly durationMs: number;
}

/** Asks what was asked before a change with one input of now at a time, and says which of them make it another answer. */
@JobRunner()
@Injectable()
export class AttributeChangeJob implements JobDefinition<AttributeChangePayload> {
  readonly name = attributeChangeJob;
  readonly payload = attributeChangePayload;
  readonly attempts = 6;
  readonly timeLimitMs = 60 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly changes: AttributableChanges,
    private readonly analyst: AskAnalyst,
    private readonly insights: InsightsStreams,
    private readonly replies: Replies,
    private readonly budget: Budget,
    private readonly pauseInsights: PauseInsights,
  ) {}

  run(payload: AttributeChangePayload, context: JobContext): Promise<void> {
    return unlessDeleted(
      async () => {
        const change = await this.changes.open(payload, context);
        if (!change) return;
        if (
          change.sides &&
          (await this.pauseInsights.whileExhausted(newAttributeJob(context, payload), change.cause))
        ) {
          return;
        }
        await this.append(payload, change, change.sides ? await this.ask(payload, change.sides, context) : nothing);
      },
      () => this.replies.forgetConversation(payload.conversationId),
    );
  }

  /** What could not be asked explains nothing, and may be asked another time; what was spent is counted all the same. */
  failed(payload: AttributeChangePayload, error: unknown, context: JobContext): Promise<void> {
    return unlessDeleted(async () => {
      const change = await this.changes.open(payload, context);
      if (change)
        await this.append(payload, change, { ...nothing, usage: usageOf(error), durationMs: durationOf(error) });
    });
  }

  /** First all as it was, to the analyst of now: that is what each input of now is held against. */
  private async ask(payload: AttributeChangePayload, { before, after }: Sides, context: JobContext): Promise<Asked> {
    const questions = new Questions(this.analyst, this.replies.journalOf(ownerOf(payload)), context);
    const answer = (inquiry: Inquiry): Promise<Finding | null> =>
      this.analyst.identityOf(inquiry).identity === after.found.identity
        ? Promise.resolve(after.found.finding)
        : questions.ask(inquiry);
    const again = await answer(before.inquiry);
    const isSameAnalyst = before.found.inputs.analyst === after.found.inputs.analyst;
    const reference = isSameAnalyst ? before.found.finding : again;
    const asBefore = this.analyst.identityOf(before.inquiry).identity;
    const effects: Effects = [
      { cause: isSameAnalyst ? 'NOTHING_CHANGED' : 'ANALYST_CHANGED', isChanged: compare(before.found.finding, again) },
    ];
    for (const { cause, inquiry } of oneAtATime(before.inquiry, after.inquiry)) {
      if (this.analyst.identityOf(inquiry).identity === asBefore) continue;
      effects.push({ cause, isChanged: compare(reference, await answer(inquiry)) });
    }
    return { effects, usage: questions.usage, durationMs: questions.durationMs };
  }

  private async append(payload: AttributeChangePayload, change: AttributableChange, asked: Asked): Promise<void> {
    const { conversationId, revisionId, runId, beforeRunId, definitionId, requestedBy } = payload;
    const { place, resultId, cause, sides } = change;
    const origin = sides?.after.found.origin ?? this.analyst.originOf('SUMMARY');
    const data = { conversationId, runId, ...place, revisionId, beforeRunId, resultId, origin, ...asked };
    const appended = await this.insights.append(conversationId, {
      ...{ cause, name: `attributed/${definitionId}/${requestedBy}` },
      decide: (now) => decideAttributed(now, data),
    });
    this.budget.spent(cause.workspaceId, appended?.position);
    if (this.analyst.isMetered) await this.replies.forget(ownerOf(payload));
  }
}

const nothing: Asked = { effects: [], usage: noUsage, durationMs: 0 };

const compare = (before: Finding | null, after: Finding | null): boolean | null =>
  before && after && isChanged(before, after);

const ownerOf = ({ conversationId, runId, definitionId }: AttributeChangePayload): ReplyOwner => ({
  conversationId,
  subject: `${runId}/${definitionId}/attributed`,
});
