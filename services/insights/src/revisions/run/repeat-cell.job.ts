import { isChanged } from '@harmony/analysis';
import { errorKind, type EventDataOf } from '@harmony/contracts';
import { usageOf } from '@harmony/llm';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import { JobRunner } from '@harmony/runtime';
import { Injectable } from '@nestjs/common';
import { AskAnalyst } from '../../analyst/ask-analyst.js';
import { durationOf } from '../../analyst/duration-of.js';
import { decideRepeat } from '../../domain/decide-run.js';
import { Replies, type ReplyOwner } from '../../journal/replies.js';
import { InsightsStreams } from '../../streams/insights-streams.js';
import { unlessDeleted } from '../../streams/unless-deleted.js';
import { Budget } from '../../usage/budget.js';
import { PauseInsights } from '../../usage/pause-insights.js';
import { Revisions } from './revisions.js';
import { newRepeatJob, repeatCellJob, repeatCellPayload, type RepeatCellPayload } from './repeat-cell.js';
import { RepeatableCells, type RepeatableCell } from './repeatable-cells.js';

type Repeated = Pick<EventDataOf<'InsightRepeated'>, 'finding' | 'isChanged' | 'usage' | 'durationMs'>;

/** Asks once more what was answered before by the same inputs, and says whether the answer is another one. */
@JobRunner()
@Injectable()
export class RepeatCellJob implements JobDefinition<RepeatCellPayload> {
  readonly name = repeatCellJob;
  readonly payload = repeatCellPayload;
  readonly attempts = 6;
  readonly timeLimitMs = 15 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly cells: RepeatableCells,
    private readonly analyst: AskAnalyst,
    private readonly insights: InsightsStreams,
    private readonly replies: Replies,
    private readonly budget: Budget,
    private readonly pauseInsights: PauseInsights,
    private readonly revisions: Revisions,
  ) {}

  run(payload: RepeatCellPayload, context: JobContext): Promise<void> {
    return unlessDeleted(
      async () => {
        const cell = await this.cells.open(payload, context);
        if (!cell) return this.cells.skip(payload, context);
        if (await this.waits(cell, payload, context)) return;
        await this.append(payload, cell, await this.ask(payload, cell, context));
      },
      () => this.replies.forgetConversation(payload.conversationId),
    );
  }

  /** A repetition that fails says nothing about the answer; what was spent is counted all the same. */
  failed(payload: RepeatCellPayload, error: unknown, context: JobContext): Promise<void> {
    return unlessDeleted(async () => {
      const cell = await this.cells.open(payload, context);
      if (cell) await this.append(payload, cell, failure(error));
      else await this.cells.skip(payload, context);
    });
  }

  private waits({ place, cause }: RepeatableCell, payload: RepeatCellPayload, context: JobContext): Promise<boolean> {
    const isCancelled = (): Promise<boolean> => this.revisions.isCancelledNow(place.projectId, payload.revisionId);
    return this.pauseInsights.whileExhausted(newRepeatJob(context, payload), cause, isCancelled);
  }

  private async ask(
    payload: RepeatCellPayload,
    { inquiry, found }: RepeatableCell,
    context: JobContext,
  ): Promise<Repeated> {
    const options = {
      signal: context.signal,
      journal: this.replies.journalOf(ownerOf(payload)),
      priority: 'revision',
    } as const;
    try {
      const { finding, usage, durationMs } = await this.analyst.ask(inquiry, options);
      return { finding, isChanged: isChanged(found.finding, finding), usage, durationMs };
    } catch (error) {
      if (context.signal.aborted || errorKind(error) !== 'rejected') throw error;
      return failure(error);
    }
  }

  private async append(payload: RepeatCellPayload, cell: RepeatableCell, repeated: Repeated): Promise<void> {
    const { conversationId, revisionId, runId } = payload;
    const { cause, place, found } = cell;
    const origin = this.analyst.originOf(cell.inquiry.question.type);
    const data = { conversationId, runId, ...place, revisionId, resultId: found.resultId, origin, ...repeated };
    const name = `repeated/${payload.definitionId}`;
    const appended = await this.insights.append(conversationId, {
      cause,
      name,
      decide: (now) => decideRepeat(now, data),
    });
    this.budget.spent(cause.workspaceId, appended?.position);
    if (this.analyst.isMetered) await this.replies.forget(ownerOf(payload));
  }
}

const failure = (error: unknown): Repeated => ({
  ...{ finding: null, isChanged: null },
  ...{ usage: usageOf(error), durationMs: durationOf(error) },
});

const ownerOf = ({ conversationId, runId, definitionId }: RepeatCellPayload): ReplyOwner => ({
  conversationId,
  subject: `${runId}/${definitionId}/repeated`,
});
