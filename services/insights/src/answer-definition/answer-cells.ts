import { errorKind, HarmonyError, type ErrorCode } from '@harmony/contracts';
import type { AppendResult } from '@harmony/event-store';
import type { Cause, Fact } from '@harmony/kernel';
import { usageOf } from '@harmony/llm';
import type { JobContext } from '@harmony/messaging';
import { Injectable } from '@nestjs/common';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { durationOf } from '../analyst/duration-of.js';
import { decideAnswer, decideCarryOver, decideDrop, decideFailure } from '../domain/decide-run.js';
import type { Insights } from '../domain/insights.js';
import { reusableResult } from '../domain/reusable-result.js';
import { Replies } from '../journal/replies.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { Budget } from '../usage/budget.js';
import { PauseInsights } from '../usage/pause-insights.js';
import { newAnswerJob, type AnswerPayload } from './answer-definition.js';
import { OpenCells, type OpenCell } from './open-cells.js';

type Askable = Extract<OpenCell, { kind: 'ASK' }>;

/** What is to be appended of a cell. */
export interface CellAnswer {
  readonly payload: AnswerPayload;
  readonly cause: Cause;
  readonly decide: (current: Insights | undefined) => readonly Fact[];
  /** What is appended instead of an answer that the log does not take; absent for what it always takes. */
  readonly instead?: (error: HarmonyError) => CellAnswer;
}

/** Answers cells: by what is known already, else by the analyst; replies that were paid for outlive a crash. */
@Injectable()
export class AnswerCells {
  constructor(
    private readonly cells: OpenCells,
    private readonly analyst: AskAnalyst,
    private readonly insights: InsightsStreams,
    private readonly replies: Replies,
    private readonly budget: Budget,
    private readonly pauseInsights: PauseInsights,
  ) {}

  /**
   * Undefined for a cell that is settled, that waits for the budget, or whose conversation is deleted.
   * @param foreseen the state that the start of its run will lead to, where it is not appended yet
   * @throws HarmonyError STREAM_DELETED, and what may pass by itself
   */
  async answer(payload: AnswerPayload, context: JobContext, foreseen?: Insights): Promise<CellAnswer | undefined> {
    const cell = await this.cells.open(payload, context, foreseen);
    if (cell.kind === 'ASK') return this.ask(payload, cell, context);
    if (cell.kind === 'DROP') return this.drop(payload, cell);
    // Settled before: the process may have died before it could clear away what it had been paid for.
    await this.replies.forget(ownerOf(payload));
    return undefined;
  }

  /** What says that the cell cannot be answered; undefined where there is nothing to say it of. */
  async failure(payload: AnswerPayload, error: unknown, context: JobContext): Promise<CellAnswer | undefined> {
    const cell = await this.cells.open(payload, context);
    if (cell.kind === 'ASK') return this.failed(payload, cell, error);
    return cell.kind === 'DROP' ? this.drop(payload, cell) : undefined;
  }

  /** All in one append where that is possible; then what was kept for them goes. */
  async append(answers: readonly CellAnswer[]): Promise<void> {
    await Promise.all(
      answers.map(async (answer) => {
        const appended = await this.record(answer);
        this.budget.spent(answer.cause.workspaceId, appended?.position);
        if (this.analyst.isMetered) await this.replies.forget(ownerOf(answer.payload));
      }),
    );
  }

  private async record({ payload, cause, decide, instead }: CellAnswer): Promise<AppendResult | undefined> {
    const { conversationId, definitionId } = payload;
    try {
      return await this.insights.append(conversationId, { cause, name: definitionId, decide });
    } catch (error) {
      const isTooLarge = error instanceof HarmonyError && error.code === 'EVENT_TOO_LARGE';
      if (!isTooLarge || !instead) throw error;
      return this.record(instead(error));
    }
  }

  private async ask(payload: AnswerPayload, cell: Askable, context: JobContext): Promise<CellAnswer | undefined> {
    const { inquiry, insights, run, cause } = cell;
    const identified = this.analyst.identityOf(inquiry);
    if (reusableResult(insights, run, identified.identity)) {
      return { payload, cause, decide: (current) => decideCarryOver(current, payload, identified) };
    }
    const { workspaceId, correlationId, signal } = context;
    const job = newAnswerJob({ workspaceId, correlationId, kind: run.kind, payload });
    const isCancelled = (): Promise<boolean> => this.cells.isCancelledNow(run, payload.projectId);
    if (await this.pauseInsights.whileExhausted(job, cause, isCancelled)) return undefined;
    try {
      const journal = this.replies.journalOf(ownerOf(payload));
      const answer = await this.analyst.ask(inquiry, { signal, journal, priority: job.priority });
      const instead = ({ code }: HarmonyError): CellAnswer =>
        this.failed(payload, cell, new HarmonyError(code, { facts: { usage: answer.usage } }), answer.durationMs);
      return { payload, cause, decide: (current) => decideAnswer(current, payload, answer), instead };
    } catch (error) {
      // What cannot pass by itself needs no other try.
      if (signal.aborted || errorKind(error) !== 'rejected') throw error;
      return this.failed(payload, cell, error);
    }
  }

  private drop(payload: AnswerPayload, { cause, reason }: Extract<OpenCell, { kind: 'DROP' }>): CellAnswer {
    return { payload, cause, decide: (current) => decideDrop(current, payload, reason) };
  }

  private failed(
    payload: AnswerPayload,
    { inquiry, cause }: Askable,
    error: unknown,
    durationMs = durationOf(error),
  ): CellAnswer {
    const { identity } = this.analyst.identityOf(inquiry);
    const origin = this.analyst.originOf(inquiry.question.type);
    const failure = { identity, origin, code: codeOf(error), usage: usageOf(error), durationMs };
    return { payload, cause, decide: (current) => decideFailure(current, payload, failure) };
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
