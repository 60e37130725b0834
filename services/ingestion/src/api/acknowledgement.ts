import { HarmonyError } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import type { ProjectionProgress } from '@harmony/read-model';
import { PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { conversationsProjection } from '../projections/conversations.projection.js';
import type { SubmittedConversation } from '../submit-conversation/record-submission.js';

/** A caller who has their conversation acknowledged need not wait long for the read model. */
const visibleWithinMs = 2_000;

export interface Links {
  readonly self: string;
  readonly transcript: string;
}

/** What REST answers for a conversation that was taken in. */
export interface Acknowledged {
  readonly id: string;
  readonly status: SubmittedConversation['status'];
  readonly links: Links;
}

export const linksOf = (id: string): Links => ({
  self: `/v1/conversations/${id}`,
  transcript: `/v1/conversations/${id}/transcript`,
});

export const acknowledged = ({ conversationId: id, status }: SubmittedConversation): Acknowledged => ({
  id,
  status,
  links: linksOf(id),
});

/** Lets callers read what they have written. */
@Injectable()
export class Acknowledgement {
  constructor(@Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress) {}

  /** Answers when the conversation can be read, or soon. */
  async of(submitted: SubmittedConversation): Promise<Acknowledged> {
    await this.visible(submitted.position);
    return acknowledged(submitted);
  }

  /** What is recorded is acknowledged in any case; a read model that is behind does not take that back. */
  async visible(position: LogPosition): Promise<void> {
    try {
      await this.progress.waitFor(conversationsProjection.name, position, visibleWithinMs);
    } catch (error) {
      if (!(error instanceof HarmonyError && error.kind === 'retriable')) throw error;
    }
  }
}
