import type { JobContext, JobQueue } from '@harmony/messaging';
import { JOB_QUEUE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Insights } from '../domain/insights.js';
import type { Run } from '../domain/run.js';
import { InsightsStreams, type Decision } from '../streams/insights-streams.js';
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

/** A run whose cells are to be answered. */
export interface AnswerableRun {
  readonly place: AnswerRunPayload;
  /** What starts it, and goes into the log with the first of its answers; nothing where it is there. */
  readonly starts: readonly Decision[];
}

/** What is still to be done of a run. */
interface Gathered {
  readonly starts: readonly Decision[];
  readonly answers: CellAnswer[];
  /** Cells that failed; a job of their own looks for their run in the log. */
  readonly failed: Pending[];
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
  async answer(runs: readonly AnswerableRun[], context: JobContext): Promise<ReadonlyMap<AnswerableRun, unknown>> {
    const failures = new Map<AnswerableRun, unknown>();
    const gathered = new Map(runs.map((run) => [run, gatheredOf(run.starts)]));
    let recordedAt = performance.now();
    const record = async (): Promise<void> => {
      const all = [...gathered];
      gathered.clear();
      await Promise.all(
        all.map(([run, what]) => this.record(run, what, context).catch((error: unknown) => failures.set(run, error))),
      );
      recordedAt = performance.now();
    };
    for (const run of runs) {
      try {
        for await (const answer of this.answersOf(run, context)) {
          const what = gathered.get(run) ?? gatheredOf();
          gathered.set(run, what);
          if ('decide' in answer) what.answers.push(answer);
          else what.failed.push(answer);
          if (performance.now() - recordedAt > appendEveryMs) await record();
        }
      } catch (error) {
        context.signal.throwIfAborted();
        failures.set(run, error);
      }
    }
    await record();
    return failures;
  }

  /** @throws what kept the answers of the run from being given or recorded */
  async answerOne(run: AnswerableRun, context: JobContext): Promise<void> {
    const failures = await this.answer([run], context);
    if (failures.has(run)) throw failures.get(run);
  }

  /** Each of its pending cells gets a job of its own. */
  async apart(place: AnswerRunPayload, context: JobContext): Promise<void> {
    for (const pending of pendingOf(await this.loaded(place), place)) await this.enqueue(pending, context);
  }

  private async *answersOf(
    { place, starts }: AnswerableRun,
    context: JobContext,
  ): AsyncGenerator<CellAnswer | Pending> {
    const foreseen = starts.length > 0 ? await this.insights.foreseen(place.conversationId, starts) : undefined;
    for (const pending of pendingOf(foreseen ?? (await this.loaded(place)), place)) {
      context.signal.throwIfAborted();
      const answer = await this.answerOf(pending, context, foreseen);
      if (answer) yield answer;
      await breathe();
    }
  }

  /** The cell itself where it failed. */
  private async answerOf(
    pending: Pending,
    context: JobContext,
    foreseen: Insights | undefined,
  ): Promise<CellAnswer | Pending | undefined> {
    try {
      return await this.cells.answer(pending.cell, context, foreseen);
    } catch (error) {
      if (isGone(error) || context.signal.aborted) throw error;
      return pending;
    }
  }

  private async record(
    { place: { conversationId } }: AnswerableRun,
    { starts, answers, failed }: Gathered,
    context: JobContext,
  ): Promise<void> {
    await Promise.all([
      ...starts.map((decision) => this.insights.append(conversationId, decision)),
      this.cells.append(answers),
    ]);
    for (const pending of failed) await this.enqueue(pending, context);
  }

  private enqueue({ kind, cell }: Pending, { workspaceId, correlationId }: JobContext): Promise<void> {
    return this.jobs.enqueue(newAnswerJob({ workspaceId, correlationId, kind, payload: cell }));
  }

  private async loaded({ conversationId, runId }: AnswerRunPayload): Promise<Insights | undefined> {
    const known = this.insights.known(conversationId);
    return known?.runs.has(runId) ? known : (await this.insights.load(conversationId)).state;
  }
}

const gatheredOf = (starts: readonly Decision[] = []): Gathered => ({ starts, answers: [], failed: [] });

function pendingOf(insights: Insights | undefined, { conversationId, runId }: AnswerRunPayload): Pending[] {
  const run = insights?.runs.get(runId);
  return run ? pendingCells(run, conversationId).map((cell) => ({ kind: run.kind, cell })) : [];
}
