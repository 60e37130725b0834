import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { errorKind, HarmonyError } from '@harmony/contracts';
import { fact } from '@harmony/kernel';
import { parseUrl, type Outbound } from '@harmony/outbound';
import { OUTBOUND } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  conversationIdOf,
  RecordSubmission,
  type SubmittedConversation,
} from '../submit-conversation/record-submission.js';
import { formFields } from '../submit-conversation/submission.js';
import { nameOf } from './file-name.js';

const { title, ...otherFields } = formFields;

/** Body of `POST /v1/conversations/import-url`. */
export const importUrlSchema = z.strictObject({
  url: z.string().nullish().describe('Of audio, video or a transcript (text, SRT, VTT or JSON). Required.'),
  title: title.describe('Absent: the name of the file.'),
  ...otherFields,
});

/** Takes in a link; its file is fetched in the background. */
@Injectable()
export class ImportUrl {
  constructor(
    private readonly submission: RecordSubmission,
    @Inject(OUTBOUND) private readonly outbound: Outbound,
  ) {}

  /**
   * `input` is outside data. The same command gives the same conversation; another one for the same link another one.
   * @throws HarmonyError INVALID_URL, URL_NOT_ALLOWED, or of the caller's input, rights or references
   */
  async execute(input: unknown, request: RequestContext): Promise<SubmittedConversation> {
    requirePermission(requirePrincipal(request), 'conversations', 'create');
    const { url: given, ...form } = parseInput(importUrlSchema, input);
    if (!given?.trim()) throw missingUrl();
    const url = parseUrl(given);
    await this.mayBeFetched(url);
    const conversationId = conversationIdOf(request);
    const following = [fact('UrlImportRequested', { conversationId, url: url.href })];
    const wanted = { conversationId, source: 'URL', form, title: nameOf(url), content: null, following } as const;
    return this.submission.execute(wanted, request);
  }

  /** A host without an address now may have one when its turn comes. */
  private async mayBeFetched(url: URL): Promise<void> {
    try {
      await this.outbound.guard.check(url);
    } catch (error) {
      if (errorKind(error) !== 'retriable') throw error;
    }
  }
}

const missingUrl = (): HarmonyError =>
  new HarmonyError('MISSING_REQUIRED_FIELDS', {
    errors: [{ pointer: '/url', detail: 'The URL is required.', code: 'MISSING_REQUIRED_FIELDS' }],
  });
