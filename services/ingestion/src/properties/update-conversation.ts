import {
  requirePermission,
  requirePrincipal,
  type Directory,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { parseInput } from '@harmony/api';
import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import { DIRECTORY } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ChangeConversation, type ChangedConversation } from '../commands/change-conversation.js';
import { decideChanges } from './decide-changes.js';
import { propertyChangesSchema, type PropertyChanges } from './property-changes.js';

/** Changes what people set of a conversation; team and owner decide at once who sees it (F111). */
@Injectable()
export class UpdateConversation {
  constructor(
    private readonly conversations: ChangeConversation,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  /**
   * `input` is outside data. With an expected revision, nothing is changed when somebody else did so since; a change
   * that is made already is no conflict.
   * @throws HarmonyError of the caller's input or rights, NOT_FOUND, WRONG_EXPECTED_REVISION, UNKNOWN_TEAM,
   * UNKNOWN_CONTACT, UNKNOWN_OWNER, or of the custom fields
   */
  async execute(
    conversationId: string,
    input: unknown,
    request: RequestContext,
    expectedRevision?: number | null,
  ): Promise<ChangedConversation> {
    const principal = requirePrincipal(request);
    const scope = requirePermission(principal, 'conversations', 'update');
    const changes = parseInput(propertyChangesSchema, input);
    const [unknown, fields] = await Promise.all([
      this.unknown(principal, changes),
      this.directory.customFields(principal.workspaceId, 'CONVERSATION'),
    ]);
    return this.conversations.execute(request, {
      conversationId,
      action: 'update',
      decision: 'update',
      decide: ({ state, revision }) => {
        // Only whoever may see the conversation is told what is wrong with the change.
        if (unknown) throw unknown;
        const facts = decideChanges(state, changes, fields);
        if (facts.length > 0) requireRevision(revision, expectedRevision);
        if (scope === 'own' && givesAway(changes, state.properties.ownerId, principal)) throw notYoursToGive();
        return facts;
      },
    });
  }

  private async unknown(
    { workspaceId }: Principal,
    { teamId, contactId, ownerId }: PropertyChanges,
  ): Promise<HarmonyError | undefined> {
    const isNone = (id: string | null | undefined): id is null | undefined => id === undefined || id === null;
    const [team, contact, owner] = await Promise.all([
      isNone(teamId) || this.directory.teamExists(workspaceId, teamId),
      isNone(contactId) || this.directory.contactExists(workspaceId, contactId),
      isNone(ownerId) || this.directory.userExists(workspaceId, ownerId),
    ]);
    if (!team) return refusal('UNKNOWN_TEAM', '/teamId');
    if (!contact) return refusal('UNKNOWN_CONTACT', '/contactId');
    return owner ? undefined : refusal('UNKNOWN_OWNER', '/ownerId');
  }
}

function requireRevision(revision: number, expected: number | null | undefined): void {
  if (expected === undefined || expected === null || expected === revision) return;
  throw new HarmonyError('WRONG_EXPECTED_REVISION', { facts: { expected, actual: revision } });
}

/** As with a submission: whoever may work only on their own conversations cannot make somebody else the owner. */
const givesAway = ({ ownerId }: PropertyChanges, before: string, { userId }: Principal): boolean =>
  ownerId !== undefined && ![before, userId].includes(ownerId.toLowerCase());

const notYoursToGive = (): HarmonyError =>
  new HarmonyError('FORBIDDEN', {
    detail: 'Your role does not allow you to make somebody else the owner. Ask an administrator.',
  });

function refusal(code: ErrorCode, pointer: string): HarmonyError {
  const { title } = new HarmonyError(code);
  return new HarmonyError(code, { errors: [{ pointer, detail: title, code }] });
}
