import { errorKind, HarmonyError, type ErrorCode } from '@harmony/contracts';
import { isConflict } from '@harmony/event-store';
import type { Fact } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import { usageOf } from '@harmony/llm';
import { JobRunner } from '@harmony/runtime';
import { Injectable } from '@nestjs/common';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { decideAnswer, decideCarryOver, decideDrop, decideFailure } from '../domain/decide-run.js';
import type { Insights } from '../domain/insights.js';
import { Replies } from '../journal/replies.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { unlessDeleted } from '../streams/unless-deleted.js';
import { Budget } from '../usage/budget.js';
import { PauseInsights } from '../usage/pause-insights.js';
import { answerDefinitionJob, answerPayload, newAnswerJob, type AnswerPayload } from './answer-definition.js';
import { OpenCells, type OpenCell } from './open-cells.js';

type Askable = Extract<OpenCell, { kind: 'ASK' }>;

/**
 * Answers one definition about one conversation. An answer of equal identity is used again without asking; replies that
 * were paid for outlive a crash. A definition that cannot be answered fails alone.
 */
@JobRunner()
@Injectable()
export class AnswerDefinitionJob implements JobDefinition<AnswerPayload> {
  readonly name = answerDefinitionJob;
  readonly payload = answerPayload;
  /** Over some minutes: the analyst itself waits as long as its provider asks it to. */
  readonly attempts = 6;
  readonly timeLimitMs = 15 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly cells: OpenCells,
    private readonly analyst: AskAnalyst,
    private readonly insights: InsightsStreams,
    private readonly replies: Replies,
    private readonly budget: Budget,
    private readonly pauseInsights: PauseInsights,
  ) {}

  run(payload: AnswerPayload, context: JobContext): Promise<void> {
    return unlessDeleted(async () => {
      const cell = await this.cells.open(payload, context);
      if (cell.kind === 'DROP') return this.drop(payload, cell);
      // Settled before: the process may have died before it could clear away what it had been paid for.
      if (cell.kind === 'NOTHING') return this.replies.forget(ownerOf(payload));
      await this.answer(payload, cell, context);
    });
  }

  /** Says so, with the code; what was spent is counted all the same. */
  failed(payload: AnswerPayload, error: unknown, context: JobContext): Promise<void> {
    return unlessDeleted(async () => {
      const cell = await this.cells.open(payload, context);
      if (cell.kind === 'DROP') await this.drop(payload, cell);
      if (cell.kind === 'ASK') await this.recordFailure(payload, cell, error);
    });
  }

  private async answer(payload: AnswerPayload, cell: Askable, context: JobContext): Promise<void> {
    const { inquiry, insights, run, cause } = cell;
    const identity = this.analyst.identityOf(inquiry);
    if (insights.results.has(identity)) {
      return this.append(payload, cell, (current) => decideCarryOver(current, payload, identity));
    }
    const { workspaceId, correlationId, signal } = context;
    const job = newAnswerJob({ workspaceId, correlationId, kind: run.kind, payload });
    if (await this.pauseInsights.whileExhausted(job, cause)) return;
    const journal = this.replies.journalOf(ownerOf(payload));
    try {
      const answer = await this.analyst.ask(inquiry, { signal, journal });
      await this.append(payload, cell, (current) => decideAnswer(current, payload, answer));
    } catch (error) {
      // What cannot pass by itself needs no other try; that somebody else was faster, again and again, passes.
      if (signal.aborted || errorKind(error) !== 'rejected' || isConflict(error)) throw error;
      await this.recordFailure(payload, cell, error);
    }
    if (journal.isUsed) await this.replies.forget(ownerOf(payload));
  }

  private drop(payload: AnswerPayload, cell: Extract<OpenCell, { kind: 'DROP' }>): Promise<void> {
    return this.append(payload, cell, (current) => decideDrop(current, payload, cell.reason));
  }

  private async recordFailure(payload: AnswerPayload, cell: Askable, error: unknown): Promise<void> {
    const failure = {
      identity: this.analyst.identityOf(cell.inquiry),
      code: codeOf(error),
      origin: this.analyst.originOf(cell.inquiry.question.type),
      usage: usageOf(error),
      durationMs: 0,
    };
    await this.append(payload, cell, (current) => decideFailure(current, payload, failure));
    await this.replies.forget(ownerOf(payload));
  }

  private async append(
    { conversationId, definitionId }: AnswerPayload,
    { cause }: Pick<Askable, 'cause'>,
    decide: (current: Insights | undefined) => readonly Fact[],
  ): Promise<void> {
    const appended = await this.insights.append(conversationId, { cause, name: definitionId, decide });
    this.budget.spent(cause.workspaceId, appended?.position);
  }
}

const ownerOf = ({
  conversationId,
  runId,
  definitionId,
}: AnswerPayload): { conversationId: string; subject: string } => ({
  conversationId,
  subject: `${runId}/${definitionId}`,
});

const codeOf = (error: unknown): ErrorCode => (error instanceof HarmonyError ? error.code : 'INTERNAL');
