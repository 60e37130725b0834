import type { JobContext, JobDefinition, JobQueue } from '@harmony/messaging';
import { JOB_QUEUE, JobRunner } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Run } from '../domain/insights.js';
import { InsightsStreams } from '../streams/insights-streams.js';
import { isGone, unlessDeleted } from '../streams/unless-deleted.js';
import { AnswerCells, type CellAnswer } from './answer-cells.js';
import { newAnswerJob, type AnswerPayload } from './answer-definition.js';
import { answerRunJob, answerRunPayload, type AnswerRunPayload } from './answer-run.js';
import { pendingCells } from './pending-cells.js';

/** Answers wait at most about so long for their append; as much is done again after a crash. */
const appendEveryMs = 1_000;

/** Answers what is pending of a run, one after the other. A cell that fails gets a job of its own, and fails alone. */
@JobRunner()
@Injectable()
export class AnswerRunJob implements JobDefinition<AnswerRunPayload> {
  readonly name = answerRunJob;
  readonly payload = answerRunPayload;
  readonly attempts = 6;
  readonly timeLimitMs = 60 * 60_000;
  readonly isLong = true;

  constructor(
    private readonly insights: InsightsStreams,
    private readonly cells: AnswerCells,
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
  ) {}

  run(payload: AnswerRunPayload, context: JobContext): Promise<void> {
    return unlessDeleted(async () => {
      let answers: CellAnswer[] = [];
      let appendedAt = performance.now();
      for (const { kind, cell } of await this.pending(payload)) {
        context.signal.throwIfAborted();
        const answer = await this.answer(cell, kind, context);
        if (answer) answers.push(answer);
        if (performance.now() - appendedAt > appendEveryMs) {
          await this.cells.append(answers);
          answers = [];
          appendedAt = performance.now();
        }
        await breathe();
      }
      await this.cells.append(answers);
    });
  }

  /** Each of them gets a job of its own. */
  failed(payload: AnswerRunPayload, _error: unknown, context: JobContext): Promise<void> {
    return unlessDeleted(async () => {
      for (const { kind, cell } of await this.pending(payload)) await this.apart(cell, kind, context);
    });
  }

  private async answer(cell: AnswerPayload, kind: Run['kind'], context: JobContext): Promise<CellAnswer | undefined> {
    try {
      return await this.cells.answer(cell, context);
    } catch (error) {
      if (isGone(error) || context.signal.aborted) throw error;
      await this.apart(cell, kind, context);
      return undefined;
    }
  }

  private apart(payload: AnswerPayload, kind: Run['kind'], context: JobContext): Promise<void> {
    const { workspaceId, correlationId } = context;
    return this.jobs.enqueue(newAnswerJob({ workspaceId, correlationId, kind, payload }));
  }

  private async pending({
    conversationId,
    runId,
  }: AnswerRunPayload): Promise<{ readonly kind: Run['kind']; readonly cell: AnswerPayload }[]> {
    const run =
      this.insights.known(conversationId)?.runs.get(runId) ??
      (await this.insights.load(conversationId)).state?.runs.get(runId);
    if (!run) return [];
    return pendingCells(run, conversationId).map((cell) => ({ kind: run.kind, cell }));
  }
}
