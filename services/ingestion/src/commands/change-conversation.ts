import { causeOf, isInScope, isUuid, requirePermission, requirePrincipal, widestScope } from '@harmony/access';
import type { Principal, RequestContext } from '@harmony/access';
import { HarmonyError, type Action, type ConversationStatus } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import type { Clock, Fact } from '@harmony/kernel';
import { CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Conversation } from '../domain/conversation.js';
import { ConversationStreams, type LoadedConversation } from '../streams/conversation-streams.js';

/** A conversation that is there, which only it can be for somebody to change it. */
export interface Present extends LoadedConversation {
  readonly state: Conversation;
}

export interface Change {
  readonly conversationId: string;
  /** What the change needs the permission for. */
  readonly action: Action;
  /** Tells it apart from other decisions of one command. */
  readonly decision: string;
  readonly decide: (present: Present) => readonly Fact[];
}

export interface ChangedConversation {
  readonly conversationId: string;
  /** As it was when the change was decided. */
  readonly status: ConversationStatus;
  /** Of the conversation's last event after the change. */
  readonly revision: number;
  /** Where the log stood; a reader who waits for it sees the change. */
  readonly position: LogPosition;
}

/** What all changes by people share: the conversation is there, the reader may see it and may do this to it. */
@Injectable()
export class ChangeConversation {
  constructor(
    private readonly conversations: ConversationStreams,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Rights are held against the log and not against a read model, and again when somebody else was faster. A change
   * that decides nothing is one that was made before.
   * @throws HarmonyError NOT_FOUND for what is unknown, foreign, out of sight or deleted, alike; FORBIDDEN
   */
  async execute(
    request: RequestContext,
    { conversationId, action, decision, decide }: Change,
  ): Promise<ChangedConversation> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'conversations', action);
    if (!isUuid(conversationId)) throw new HarmonyError('NOT_FOUND');
    const id = conversationId.toLowerCase();
    let present: Present | undefined;
    const decideAllowed = (_: Conversation | undefined, loaded: LoadedConversation): readonly Fact[] => {
      present = requireAllowed(principal, action, loaded);
      return decide(present);
    };
    try {
      const cause = causeOf(request, this.clock);
      const appended = await this.conversations.change(id, cause, { decision }, decideAllowed);
      return changed(id, present, appended);
    } catch (error) {
      throw isDeleted(error) ? new HarmonyError('NOT_FOUND') : error;
    }
  }
}

const isDeleted = (error: unknown): boolean => error instanceof HarmonyError && error.code === 'STREAM_DELETED';

function changed(
  conversationId: string,
  present: Present | undefined,
  appended: Pick<ChangedConversation, 'revision' | 'position'> | undefined,
): ChangedConversation {
  const { revision, position } = { ...present, ...appended };
  if (!present || revision === undefined || !position) throw new HarmonyError('NOT_FOUND');
  return { conversationId, status: present.state.status, revision, position };
}

function requireAllowed(principal: Principal, action: Action, loaded: LoadedConversation): Present {
  const { state } = loaded;
  if (!state || state.isDeleted || state.workspaceId !== principal.workspaceId) throw new HarmonyError('NOT_FOUND');
  const isAllowed = (wanted: Action): boolean => {
    const scope = widestScope(principal, 'conversations', wanted);
    return scope !== undefined && isInScope(principal, scope, state.properties);
  };
  if (isAllowed(action)) return { ...loaded, state };
  if (!isAllowed('read')) throw new HarmonyError('NOT_FOUND');
  throw new HarmonyError('FORBIDDEN', {
    detail: `Your role does not allow you to ${action} this conversation, only others. Ask an administrator.`,
  });
}
