import { causeOf, requirePermission, requirePrincipal, type Directory, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import type { ConversationStatus, EventDataOf } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import { derivedId, type Clock } from '@harmony/kernel';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, DIRECTORY, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { decideSubmission } from '../domain/decide.js';
import { textBytes, titleOf } from '../domain/submission-text.js';
import { ConversationStreams } from '../streams/conversation-streams.js';
import { checkReferences, type References } from './check-references.js';
import { submissionSchema, type Submission } from './submission.js';

export interface SubmittedConversation {
  readonly conversationId: string;
  readonly status: ConversationStatus;
  /** Where the log stood; a reader who waits for it sees the conversation. */
  readonly position: LogPosition;
}

const contentType = 'text/plain; charset=utf-8';

/** Takes in a pasted conversation. Everything is checked before anything is stored. */
@Injectable()
export class SubmitConversation {
  constructor(
    private readonly conversations: ConversationStreams,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * `input` is outside data. The same command gives the same conversation, however often it is repeated.
   * @throws HarmonyError of the caller's input, rights or references; nothing is stored then
   */
  async execute(input: unknown, request: RequestContext): Promise<SubmittedConversation> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'conversations', 'create');
    const submission = parseInput(submissionSchema, input);
    const bytes = textBytes(submission.text);
    const references = await checkReferences(this.directory, principal, submission);
    const conversationId = derivedId(request.commandId, 'conversation');
    const earlier = await this.conversations.load(conversationId);
    if (earlier.state && earlier.position) {
      return { conversationId, status: earlier.state.status, position: earlier.position };
    }
    const key = `${principal.workspaceId}/conversations/${conversationId}/transcript.txt`;
    const { sha256 } = await this.objects.put(key, bytes, { contentType });
    const data = describe(submission, references, {
      conversationId,
      createdBy: principal.userId,
      content: { key, bytes: bytes.length, sha256 },
    });
    const cause = causeOf(request, this.clock);
    const facts = decideSubmission(earlier.state, data);
    const { position } = await this.conversations.append(conversationId, cause, facts, earlier.revision);
    return { conversationId, status: 'QUEUED', position };
  }
}

function describe(
  { text, title, medium, tags, startedAt }: Submission,
  references: References,
  identity: Pick<EventDataOf<'ConversationSubmitted'>, 'conversationId' | 'createdBy' | 'content'>,
): EventDataOf<'ConversationSubmitted'> {
  return {
    source: 'TEXT',
    title: title ?? titleOf(text ?? ''),
    medium: medium ?? 'CHAT',
    tags: [...new Set(tags)],
    startedAt: startedAt ? new Date(startedAt).toISOString() : null,
    ...references,
    ...identity,
  };
}
