import type { EventOf } from '@harmony/contracts';
import { causedBy, type Clock } from '@harmony/kernel';
import { CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { decideCompletion } from '../domain/decide.js';
import { ConversationStreams } from '../streams/conversation-streams.js';

/** Ends the pipeline of a conversation when no further stage is left. */
@Injectable()
export class CompleteConversation {
  constructor(
    private readonly conversations: ConversationStreams,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async after(event: EventOf<'TranscriptRecorded'>): Promise<void> {
    const cause = causedBy(event, 'ingestion', this.clock.now());
    const { conversationId } = event.data;
    await this.conversations.change(conversationId, cause, { decision: 'completed' }, decideCompletion);
  }
}
