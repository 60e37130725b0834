import type { JobContext, JobDefinition } from '@harmony/messaging';
import { JobRunner } from '@harmony/runtime';
import { Injectable } from '@nestjs/common';
import { Replies } from '../journal/replies.js';
import { unlessDeleted } from '../streams/unless-deleted.js';
import { AnswerCells } from './answer-cells.js';
import { answerDefinitionJob, answerPayload, type AnswerPayload } from './answer-definition.js';

/** Answers one definition about one conversation. A definition that cannot be answered fails alone. */
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
    private readonly cells: AnswerCells,
    private readonly replies: Replies,
  ) {}

  /** A reply may come when everything of its conversation has been taken away already. */
  run(payload: AnswerPayload, context: JobContext): Promise<void> {
    return unlessDeleted(
      async () => {
        const answer = await this.cells.answer(payload, context);
        if (answer) await this.cells.append([answer]);
      },
      () => this.replies.forgetConversation(payload.conversationId),
    );
  }

  /** Says so, with the code; what was spent is counted all the same. */
  failed(payload: AnswerPayload, error: unknown, context: JobContext): Promise<void> {
    return unlessDeleted(async () => {
      const failure = await this.cells.failure(payload, error, context);
      if (failure) await this.cells.append([failure]);
    });
  }
}
