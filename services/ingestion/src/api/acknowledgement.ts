import { requirePrincipal, type RequestContext } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import type { ProjectionProgress } from '@harmony/read-model';
import { PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChangedConversation } from '../commands/change-conversation.js';
import { conversationsProjection } from '../projections/conversations.projection.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import type { SubmittedConversation } from '../submit-conversation/record-submission.js';

/** A caller who has their conversation acknowledged need not wait long for the read model. */
const visibleWithinMs = 2_000;
/** How often it is looked whether a conversation is gone, once the read model has passed its deletion. */
const lookEveryMs = 20;

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
  constructor(
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    private readonly queries: ConversationQueries,
  ) {}

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

  /**
   * True when nobody can read the deleted conversation any more, false when the read model takes longer than a caller
   * waits. Having passed the deletion is no proof: where the stream is erased by then, it is the tombstone that tells.
   */
  async gone({ conversationId, position }: ChangedConversation, request: RequestContext): Promise<boolean> {
    const { workspaceId } = requirePrincipal(request);
    const deadline = performance.now() + visibleWithinMs;
    await this.visible(position);
    while (await this.queries.holds(workspaceId, conversationId)) {
      if (performance.now() >= deadline) return false;
      await pause(lookEveryMs);
    }
    return true;
  }
}
