import type { RequestContext } from '@harmony/access';
import { Injectable } from '@nestjs/common';
import { ChangeConversation, type ChangedConversation } from '../commands/change-conversation.js';
import { decideDeletion } from './decide-deletion.js';

/** Deletes a conversation for good (D12). Nobody can read it from here on; a job takes away what there is of it. */
@Injectable()
export class DeleteConversation {
  constructor(private readonly conversations: ChangeConversation) {}

  /** @throws HarmonyError NOT_FOUND, also for one that is deleted already; FORBIDDEN */
  execute(conversationId: string, request: RequestContext): Promise<ChangedConversation> {
    return this.conversations.execute(request, {
      conversationId,
      action: 'delete',
      decision: 'delete',
      decide: ({ state }) => decideDeletion(state),
    });
  }
}
