import type { JobContext, JobDefinition } from '@harmony/messaging';
import { JobRunner } from '@harmony/runtime';
import { Injectable } from '@nestjs/common';
import { unlessDeleted } from '../streams/unless-deleted.js';
import { answerRunJob, answerRunPayload, type AnswerRunPayload } from './answer-run.js';
import { AnswerRuns } from './answer-runs.js';

/** Answers what is pending of a run. */
@JobRunner()
@Injectable()
export class AnswerRunJob implements JobDefinition<AnswerRunPayload> {
  readonly name = answerRunJob;
  readonly payload = answerRunPayload;
  readonly attempts = 6;
  readonly timeLimitMs = 60 * 60_000;
  readonly isLong = true;

  constructor(private readonly runs: AnswerRuns) {}

  run(payload: AnswerRunPayload, context: JobContext): Promise<void> {
    return unlessDeleted(() => this.runs.answerOne({ place: payload, starts: [] }, context));
  }

  /** Each of its cells gets a job of its own. */
  failed(payload: AnswerRunPayload, _error: unknown, context: JobContext): Promise<void> {
    return unlessDeleted(() => this.runs.apart(payload, context));
  }
}
