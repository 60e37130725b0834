import type { EventOf, HarmonyEvent } from '@harmony/contracts';
import { causedBy, type Cause, type Clock } from '@harmony/kernel';
import { CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { decideAnalysis, decideCompletion, decideRunFailure } from '../domain/decide.js';
import { ConversationStreams } from '../streams/conversation-streams.js';

/** Follows the answers about a conversation, and ends its pipeline with them. */
@Injectable()
export class CompleteConversation {
  constructor(
    private readonly conversations: ConversationStreams,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async begin(event: EventOf<'InsightsRunStarted'>): Promise<void> {
    const { conversationId, runId } = event.data;
    await this.conversations.change(conversationId, this.causeOf(event), { decision: 'analysis' }, (current) =>
      decideAnalysis(current, runId),
    );
  }

  async finish(event: EventOf<'InsightsRunCompleted'>): Promise<void> {
    const { data } = event;
    await this.conversations.change(data.conversationId, this.causeOf(event), { decision: 'completed' }, (current) =>
      decideCompletion(current, data, this.clock.now()),
    );
  }

  async fail(event: EventOf<'InsightsRunFailed'>): Promise<void> {
    const { data } = event;
    await this.conversations.change(data.conversationId, this.causeOf(event), { decision: 'failed' }, (current) =>
      decideRunFailure(current, data, this.clock.now()),
    );
  }

  private causeOf(event: HarmonyEvent): Cause {
    return causedBy(event, 'ingestion', this.clock.now());
  }
}
