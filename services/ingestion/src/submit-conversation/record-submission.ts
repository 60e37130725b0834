import { causeOf, requirePermission, requirePrincipal, type Directory, type RequestContext } from '@harmony/access';
import {
  HarmonyError,
  type ConversationSource,
  type ConversationStatus,
  type EventDataOf,
  type StoredObject,
} from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import { derivedId, type Clock, type Fact } from '@harmony/kernel';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, DIRECTORY, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Conversation } from '../domain/conversation.js';
import { decideSubmission } from '../domain/decide.js';
import { normalisedTags } from '../domain/tags.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { checkReferences, type References } from './check-references.js';
import type { SubmissionForm } from './submission.js';

export interface SubmittedConversation {
  readonly conversationId: string;
  readonly status: ConversationStatus;
  /** Where the log stood; a reader who waits for it sees the conversation. */
  readonly position: LogPosition;
}

/** The words of a conversation, to be kept as an object. */
export interface Content {
  /** Of the object, below the conversation's own prefix. */
  readonly name: string;
  readonly bytes: Buffer;
  readonly contentType: string;
}

export interface NewConversation {
  readonly conversationId: string;
  readonly source: ConversationSource;
  /** Already parsed; what it points at is checked here. */
  readonly form: SubmissionForm;
  /** Where the form has none. */
  readonly title: string;
  /** Null: it comes later, by an upload or a link. */
  readonly content: Content | null;
  /** What happens in the same moment, for instance that an upload starts. */
  readonly following?: readonly Fact[];
  /** The id derives from a key that the caller chose for this content; other content under it is a mistake. */
  readonly isKeyed?: boolean;
}

/** The conversation of a command that submits one. */
export const conversationIdOf = ({ commandId }: RequestContext): string => derivedId(commandId, 'conversation');

/** What all ways in share: everything is checked, then the content is stored, then the conversation exists. */
@Injectable()
export class RecordSubmission {
  constructor(
    private readonly conversations: ConversationStreams,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The same id and content again give the same conversation, however often it is repeated.
   * @throws HarmonyError of the caller's rights or references, STREAM_DELETED for a conversation that was deleted since,
   * and IDEMPOTENCY_KEY_REUSED for other content under a key that is taken; nothing is stored then
   */
  async execute(wanted: NewConversation, request: RequestContext): Promise<SubmittedConversation> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'conversations', 'create');
    const references = await checkReferences(this.directory, principal, wanted.form);
    const { conversationId } = wanted;
    const earlier = await this.conversations.load(conversationId);
    if (earlier.state && earlier.position) {
      requirePresent(earlier.state);
      if (wanted.isKeyed) requireSameContent(earlier.state, wanted.content);
      return { conversationId, status: earlier.state.status, position: earlier.position };
    }
    const content = wanted.content && (await this.store(principal.workspaceId, conversationId, wanted.content));
    const data = describe(wanted, references, { conversationId, createdBy: principal.userId, content });
    const facts = [...decideSubmission(earlier.state, data), ...(wanted.following ?? [])];
    const cause = causeOf(request, this.clock);
    const { position } = await this.conversations.append(conversationId, cause, facts, earlier.revision);
    return { conversationId, status: 'QUEUED', position };
  }

  private async store(workspaceId: string, id: string, { name, bytes, contentType }: Content): Promise<StoredObject> {
    const key = `${workspaceId}/conversations/${id}/${name}`;
    const { sha256 } = await this.objects.put(key, bytes, { contentType });
    return { key, bytes: bytes.length, sha256 };
  }
}

/** While it is being erased as well as afterwards. @throws HarmonyError STREAM_DELETED */
export function requirePresent({ isDeleted }: Conversation): void {
  if (isDeleted) throw new HarmonyError('STREAM_DELETED');
}

function requireSameContent({ content: earlier }: Conversation, content: Content | null): void {
  if (!earlier || !content) return;
  const sha256 = createHash('sha256').update(content.bytes).digest('hex');
  if (earlier.sha256 !== sha256) throw new HarmonyError('IDEMPOTENCY_KEY_REUSED');
}

function describe(
  { source, title, form }: NewConversation,
  references: References,
  identity: Pick<EventDataOf<'ConversationSubmitted'>, 'conversationId' | 'createdBy' | 'content'>,
): EventDataOf<'ConversationSubmitted'> {
  return {
    source,
    title: form.title ?? title,
    medium: form.medium ?? 'CHAT',
    tags: normalisedTags(form.tags ?? []),
    startedAt: form.startedAt ? new Date(form.startedAt).toISOString() : null,
    ...references,
    ...identity,
  };
}
