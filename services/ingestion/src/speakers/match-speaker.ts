import { requirePermission, requirePrincipal, type Directory, type RequestContext } from '@harmony/access';
import { lineOfText, parseInput } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import { DIRECTORY } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ChangeConversation, type ChangedConversation } from '../commands/change-conversation.js';
import type { SpeakerMatch } from '../domain/conversation.js';
import { decideMatch } from './decide-match.js';

const id = z.string().min(1).max(100);

export const matchSchema = z
  .strictObject({
    contactId: id.nullish().describe('A contact of the workspace.'),
    userId: id.nullish().describe('A user of the workspace.'),
    name: lineOfText(200).nullish().describe('For somebody who is neither.'),
  })
  .refine(
    (match) => Object.values(match).filter((value) => typeof value === 'string').length <= 1,
    'Give one of contactId, userId and name; none takes a match back.',
  );

/** Says who speaks: everywhere at once, since names are looked up when somebody reads. */
@Injectable()
export class MatchSpeaker {
  constructor(
    private readonly conversations: ChangeConversation,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  /**
   * `input` is outside data; without any member it takes the match back.
   * @throws HarmonyError of the caller's input or rights, NOT_FOUND, UNKNOWN_SPEAKER, UNKNOWN_CONTACT or UNKNOWN_USER
   */
  async execute(
    conversationId: string,
    speaker: string,
    input: unknown,
    request: RequestContext,
  ): Promise<ChangedConversation> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'conversations', 'update');
    const wanted = parseInput(matchSchema, input);
    const unknown = await this.unknown(principal.workspaceId, wanted);
    return this.conversations.execute(request, {
      conversationId,
      action: 'update',
      decision: 'match-speaker',
      decide: ({ state }) => {
        // Only whoever may see the conversation is told what is wrong with the match.
        if (unknown) throw unknown;
        return decideMatch(state, speaker, matchOf(wanted));
      },
    });
  }

  private async unknown(
    workspaceId: string,
    { contactId, userId }: z.output<typeof matchSchema>,
  ): Promise<HarmonyError | undefined> {
    if (contactId && !(await this.directory.contactExists(workspaceId, contactId)))
      return new HarmonyError('UNKNOWN_CONTACT');
    if (userId && !(await this.directory.userExists(workspaceId, userId))) return new HarmonyError('UNKNOWN_USER');
    return undefined;
  }
}

function matchOf({ contactId, userId, name }: z.output<typeof matchSchema>): SpeakerMatch | null {
  if (contactId) return { kind: 'CONTACT', id: contactId.toLowerCase() };
  if (userId) return { kind: 'USER', id: userId.toLowerCase() };
  return name ? { kind: 'NAME', name } : null;
}
