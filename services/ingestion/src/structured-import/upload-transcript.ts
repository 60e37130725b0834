import { requirePermission, requirePrincipal, type Directory, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import { DIRECTORY } from '@harmony/runtime';
import { checkTurns, inSlices } from '@harmony/transcript';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { titleOf } from '../domain/submission-text.js';
import {
  conversationIdOf,
  RecordSubmission,
  type Content,
  type SubmittedConversation,
} from '../submit-conversation/record-submission.js';
import { uncheckedUploadSchema } from './import-schemas.js';

/** Bytes of JSON that a structured transcript may have. */
export const maximumTranscriptBytes = 10_485_760;

/** Which conversation a transcript becomes. */
export interface Identity {
  readonly conversationId: string;
  /** The id derives from a key that the caller chose, which stands for this transcript and no other. */
  readonly isKeyed: boolean;
}

type Upload = z.output<typeof uncheckedUploadSchema>;

/** Takes in a conversation with explicit participants and turns (D14). Everything is checked before anything is stored. */
@Injectable()
export class UploadTranscript {
  constructor(
    private readonly submission: RecordSubmission,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  /**
   * `input` is outside data. The same command gives the same conversation, however often it is repeated.
   * @throws HarmonyError of the caller's input, rights or references; nothing is stored then
   */
  async execute(
    input: unknown,
    request: RequestContext,
    identity: Identity = { conversationId: conversationIdOf(request), isKeyed: false },
  ): Promise<SubmittedConversation> {
    const { workspaceId } = requirePrincipal(request);
    requirePermission(requirePrincipal(request), 'conversations', 'create');
    const { participants, turns: unchecked, team, ...form } = parseInput(uncheckedUploadSchema, input);
    const turns = await inSlices(checkTurns(unchecked, participants));
    const { title, medium, startedAt, tags } = form;
    const content = contentOf({ title, medium, startedAt, team, tags, participants, turns });
    const teamId = form.teamId ?? (await this.teamNamed(workspaceId, team));
    return this.submission.execute(
      {
        ...identity,
        source: 'TRANSCRIPT',
        form: { ...form, teamId },
        title: titleOf(participants.map(({ name }) => name).join(', ')),
        content,
      },
      request,
    );
  }

  private async teamNamed(workspaceId: string, name: Upload['team']): Promise<string | null> {
    if (!name) return null;
    const teamId = await this.directory.teamNamed(workspaceId, name);
    if (teamId) return teamId;
    const detail = 'No team with this name exists in the workspace.';
    throw new HarmonyError('UNKNOWN_TEAM', { detail, errors: [{ pointer: '/team', detail, code: 'UNKNOWN_TEAM' }] });
  }
}

/** The transcript as it is kept: what was sent of the format, and nothing of the form. */
function contentOf(transcript: object): Content {
  const bytes = Buffer.from(JSON.stringify(transcript));
  if (bytes.length > maximumTranscriptBytes) {
    throw new HarmonyError('PAYLOAD_TOO_LARGE', {
      detail: `The transcript has ${bytes.length} bytes of JSON; at most ${maximumTranscriptBytes} are taken.`,
    });
  }
  return { name: 'transcript.json', bytes, contentType: 'application/json' };
}
