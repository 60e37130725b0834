import type { RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { pipelineStages } from '@harmony/contracts';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ChangeConversation, type ChangedConversation } from '../commands/change-conversation.js';
import { decideRetry } from './decide-retry.js';

export const retrySchema = z.strictObject({
  fromStage: z
    .enum(pipelineStages)
    .nullish()
    .describe('Absent: the stage that failed or had failures; for one that completed without any, TRANSCRIPTION.'),
});

/** Begins the pipeline of a conversation again. What it has so far can be read until the new results are whole. */
@Injectable()
export class RetryConversation {
  constructor(private readonly conversations: ChangeConversation) {}

  /**
   * `input` is outside data.
   * @throws HarmonyError of the caller's input or rights, NOT_FOUND, NOT_RETRIABLE_NOW or NOTHING_TO_RETRY
   */
  async execute(conversationId: string, input: unknown, request: RequestContext): Promise<ChangedConversation> {
    const { fromStage } = parseInput(retrySchema, input);
    const changed = await this.conversations.execute(request, {
      conversationId,
      action: 'execute',
      decision: 'retry',
      decide: ({ state }) => decideRetry(state, fromStage),
    });
    return { ...changed, status: 'QUEUED' };
  }
}
