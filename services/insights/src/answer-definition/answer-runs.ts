import type { JobContext, JobQueue } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Run } from '../domain/run.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { isGone } from '../streams/unless-deleted.js';
import { AnswerCells, type CellAnswer } from './answer-cells.js';
import { newAnswerJob, type AnswerPayload } from './answer-definition.js';
import type { AnswerRunPayload } from './answer-run.js';
import { pendingCells } from './pending-cells.js';

/** Answers wait so long for their append, and for the one that is being given; as much is done again after a crash. */
const appendEveryMs = 1_000;

/** A cell that nobody has settled yet. */
interface Pending {
  readonly kind: Run['kind'];
  readonly cell: AnswerPayload;
}

/**
 * Answers what is pending of runs, one cell after the other, and appends it together. A cell that fails gets a job of its
 * own, and fails alone.
 */
@Injectable()
export class AnswerRuns {
  constructor(
    private readonly insights: InsightsStreams,
    private readonly cells: AnswerCells,
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
  ) {}

  /**
   * @returns what kept the answers of a run from being given or recorded, by run; of all others everything is in the log
   * @throws the reason of an abort
   */
  async answer(
    runs: readonly AnswerRunPayload[],
    context: JobContext,
  ): Promise<ReadonlyMap<AnswerRunPayload, unknown>> {
    const failures = new Map<AnswerRunPayload, unknown>();
    const answers = new Map<AnswerRunPayload, CellAnswer[]>();
    let appendedAt = performance.now();
    const append = async (): Promise<void> => {
      const gathered = [...answers];
      answers.clear();
      await Promise.all(
        gathered.map(([run, given]) => this.cells.append(given).catch((error: unknown) => failures.set(run, error))),
      );
      appendedAt = performance.now();
    };
    for (const run of runs) {
      try {
        for await (const answer of this.answersOf(run, context)) {
          answers.set(run, [...(answers.get(run) ?? []), answer]);
          if (performance.now() - appendedAt > appendEveryMs) await append();
        }
      } catch (error) {
        context.signal.throwIfAborted();
        failures.set(run, error);
      }
    }
    await append();
    return failures;
  }

  /** @throws what kept the answers of the run from being given or recorded */
  async answerOne(run: AnswerRunPayload, context: JobContext): Promise<void> {
    const failures = await this.answer([run], context);
    if (failures.has(run)) throw failures.get(run);
  }

  /** Each of its pending cells gets a job of its own. */
  async apart(run: AnswerRunPayload, context: JobContext): Promise<void> {
    for (const pending of await this.pending(run)) await this.enqueue(pending, context);
  }

  private async *answersOf(run: AnswerRunPayload, context: JobContext): AsyncGenerator<CellAnswer> {
    for (const pending of await this.pending(run)) {
      context.signal.throwIfAborted();
      const answer = await this.answerOf(pending, context);
      if (answer) yield answer;
      await breathe();
    }
  }

  private async answerOf(pending: Pending, context: JobContext): Promise<CellAnswer | undefined> {
    try {
      return await this.cells.answer(pending.cell, context);
    } catch (error) {
      if (isGone(error) || context.signal.aborted) throw error;
      await this.enqueue(pending, context);
      return undefined;
    }
  }

  private enqueue({ kind, cell }: Pending, { workspaceId, correlationId }: JobContext): Promise<void> {
    return this.jobs.enqueue(newAnswerJob({ workspaceId, correlationId, kind, payload: cell }));
  }

  private async pending({ conversationId, runId }: AnswerRunPayload): Promise<Pending[]> {
    const run =
      this.insights.known(conversationId)?.runs.get(runId) ??
      (await this.insights.load(conversationId)).state?.runs.get(runId);
    if (!run) return [];
    return pendingCells(run, conversationId).map((cell) => ({ kind: run.kind, cell }));
  }
}
