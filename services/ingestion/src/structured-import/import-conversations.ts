import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import { comparePositions, type LogPosition } from '@harmony/event-store';
import { derivedId, mapConcurrently } from '@harmony/kernel';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { SubmittedConversation } from '../submit-conversation/record-submission.js';
import { itemKey, uncheckedBatchSchema } from './import-schemas.js';
import { UploadTranscript, type Identity } from './upload-transcript.js';

/** What became of one conversation of a batch: it is recorded, or it is refused and nothing of it is stored. */
export type ImportResult = {
  /** In the batch, from 0. */
  readonly index: number;
  readonly key: string | null;
} & (
  | { readonly conversation: SubmittedConversation; readonly error: null }
  | { readonly conversation: null; readonly error: HarmonyError }
);

export interface ImportedBatch {
  /** One for each conversation, in the order of the batch. */
  readonly results: readonly ImportResult[];
  /** Where the log stood after the last one; undefined when none was recorded. */
  readonly position: LogPosition | undefined;
}

/** Conversations that are taken in at a time: enough that they share the commits of the log. */
const concurrency = 8;

const keyedItem = z.looseObject({ key: itemKey.nullish() });

/** Takes in many structured transcripts; one that is refused neither stops nor loses the others. */
@Injectable()
export class ImportConversations {
  constructor(private readonly upload: UploadTranscript) {}

  /**
   * `input` is outside data. A conversation with a key is the same one in every batch of the workspace that names it;
   * one without is the same for the same command.
   * @throws HarmonyError of the batch as a whole, or a failure that is not the caller's; what was recorded before it is
   * found again by a repeat
   */
  async execute(input: unknown, request: RequestContext): Promise<ImportedBatch> {
    requirePermission(requirePrincipal(request), 'conversations', 'create');
    const { conversations } = parseInput(uncheckedBatchSchema, input);
    const seen = new Set<string>();
    const results = await mapConcurrently(conversations, concurrency, (item, index) =>
      this.importOne(item, index, seen, request),
    );
    const positions = results.flatMap(({ conversation }) => conversation?.position ?? []);
    return { results, position: positions.sort(comparePositions).at(-1) };
  }

  /** One conversation by itself, with or without a key. @throws HarmonyError as {@link UploadTranscript} does */
  executeOne(input: unknown, request: RequestContext): Promise<SubmittedConversation> {
    const { key, ...conversation } = parseInput(keyedItem, input);
    return this.upload.execute(conversation, request, key ? keyedIdentity(request, key) : undefined);
  }

  private async importOne(
    item: unknown,
    index: number,
    seen: Set<string>,
    request: RequestContext,
  ): Promise<ImportResult> {
    let key: string | null = null;
    try {
      const { key: found, ...conversation } = parseInput(keyedItem, item);
      key = found ?? null;
      requireNewKey(key, seen);
      const identity = key === null ? unkeyedIdentity(request, index) : keyedIdentity(request, key);
      return { index, key, conversation: await this.upload.execute(conversation, request, identity), error: null };
    } catch (error) {
      if (!(error instanceof HarmonyError && error.kind === 'rejected')) throw error;
      return { index, key, conversation: null, error };
    }
  }
}

function requireNewKey(key: string | null, seen: Set<string>): void {
  if (key === null) return;
  if (seen.has(key)) {
    const detail = 'Another conversation of the batch has this key.';
    throw new HarmonyError('INVALID_INPUT', { errors: [{ pointer: '/key', detail }] });
  }
  seen.add(key);
}

const unkeyedIdentity = ({ commandId }: RequestContext, index: number): Identity => ({
  conversationId: derivedId(commandId, 'conversation', index),
  isKeyed: false,
});

const keyedIdentity = (request: RequestContext, key: string): Identity => ({
  conversationId: derivedId('imported-conversation', requirePrincipal(request).workspaceId, key),
  isKeyed: true,
});
