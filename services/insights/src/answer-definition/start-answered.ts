import type { JobContext } from '@harmony/messaging';
import { Injectable } from '@nestjs/common';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import type { Insights } from '../domain/insights.js';
import { InsightsStreams, type Decision } from '../streams/insights-streams.js';
import { AnswerCells, type CellAnswer } from './answer-cells.js';
import type { AnswerPayload } from './answer-definition.js';
import type { AnswerRunPayload } from './answer-run.js';
import { pendingCells } from './pending-cells.js';

/** A start waits so long for answers: whoever else wants the worker that is planning is not to wait for long meetings. */
const answersWithinMs = 1_000;

/**
 * Starts runs. Where nobody is to be waited for, the start goes into the log together with its answers, so that nobody
 * stores cells as pending that are settled a moment later (ADR 135).
 */
@Injectable()
export class StartAnswered {
  constructor(
    private readonly insights: InsightsStreams,
    private readonly cells: AnswerCells,
    private readonly analyst: AskAnalyst,
  ) {}

  /**
   * What is not answered with its start is left to the job that follows from it.
   * @param decision starts the run
   * @throws HarmonyError STREAM_DELETED; the reason of an abort
   */
  async start(run: AnswerRunPayload, decision: Decision, context: JobContext): Promise<void> {
    const answers = this.analyst.isMetered ? [] : await this.answersOf(run, decision, context);
    await Promise.all([this.insights.append(run.conversationId, decision), this.cells.append(answers)]);
  }

  private async answersOf(
    { conversationId, runId }: AnswerRunPayload,
    decision: Decision,
    context: JobContext,
  ): Promise<CellAnswer[]> {
    const late = AbortSignal.timeout(answersWithinMs);
    const hurried = { ...context, signal: AbortSignal.any([context.signal, late]) };
    const foreseen = await this.insights.foreseen(conversationId, [decision]);
    const run = foreseen?.runs.get(runId);
    const answers: CellAnswer[] = [];
    for (const cell of run ? pendingCells(run, conversationId) : []) {
      if (late.aborted) break;
      const answer = await this.answerOf(cell, foreseen, hurried);
      context.signal.throwIfAborted();
      if (answer) answers.push(answer);
    }
    return answers;
  }

  private async answerOf(
    cell: AnswerPayload,
    foreseen: Insights | undefined,
    context: JobContext,
  ): Promise<CellAnswer | undefined> {
    try {
      return await this.cells.answer(cell, context, foreseen);
    } catch {
      // The job that follows asks again, meets what went wrong here, and says so.
      return undefined;
    }
  }
}
