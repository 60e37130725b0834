import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { Injectable } from '@nestjs/common';
import { textBytes, titleOf } from '../domain/submission-text.js';
import { conversationIdOf, RecordSubmission, type SubmittedConversation } from './record-submission.js';
import { submissionSchema } from './submission.js';

const contentType = 'text/plain; charset=utf-8';

/** Takes in a pasted conversation. Everything is checked before anything is stored. */
@Injectable()
export class SubmitConversation {
  constructor(private readonly submission: RecordSubmission) {}

  /**
   * `input` is outside data. The same command gives the same conversation, however often it is repeated.
   * @throws HarmonyError of the caller's input, rights or references; nothing is stored then
   */
  async execute(input: unknown, request: RequestContext): Promise<SubmittedConversation> {
    requirePermission(requirePrincipal(request), 'conversations', 'create');
    const { text, ...form } = parseInput(submissionSchema, input);
    const bytes = textBytes(text);
    const conversationId = conversationIdOf(request);
    const content = { name: 'transcript.txt', bytes, contentType };
    return this.submission.execute(
      { conversationId, source: 'TEXT', form, title: titleOf(text ?? ''), content },
      request,
    );
  }
}
