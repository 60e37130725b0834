import { CurrentRequest, requirePrincipal, type RequestContext } from '@harmony/access';
import type { ProjectionProgress } from '@harmony/read-model';
import { PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { conversationsProjection } from '../projections/conversations.projection.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import { ImportConversations } from '../structured-import/import-conversations.js';
import { UploadTranscript } from '../structured-import/upload-transcript.js';
import { SubmitConversationPayload } from './conversation.types.js';
import { ImportConversationsInput, ImportConversationsPayload, TranscriptInput } from './import.types.js';

/** Structured transcripts in GraphQL. */
@Resolver()
export class ImportResolver {
  constructor(
    private readonly upload: UploadTranscript,
    private readonly imports: ImportConversations,
    private readonly queries: ConversationQueries,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  @Mutation(() => SubmitConversationPayload, { description: 'Takes in a structured transcript and queues it.' })
  async uploadTranscript(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The transcript, and what is known of the conversation.' }) input: TranscriptInput,
  ): Promise<SubmitConversationPayload> {
    const { conversationId, position } = await this.upload.execute(withText(input), request);
    await this.progress.waitFor(conversationsProjection.name, position);
    return { conversation: await this.queries.byId(requirePrincipal(request), conversationId) };
  }

  @Mutation(() => ImportConversationsPayload, {
    description:
      'Takes in a batch of structured transcripts; one that is refused neither stops nor loses the others. A document ' +
      'that does not fit these types is refused as a whole.',
  })
  async importConversations(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The batch.' }) { conversations }: ImportConversationsInput,
  ): Promise<ImportConversationsPayload> {
    const batch = { conversations: conversations.map(withText) };
    const { results, position } = await this.imports.execute(batch, request);
    if (position) await this.progress.waitFor(conversationsProjection.name, position);
    const ids = results.flatMap(({ conversation }) => conversation?.conversationId ?? []);
    const found = await this.queries.byIds(requirePrincipal(request), ids);
    return {
      results: results.map(({ index, key, conversation, error }) => {
        const conversationId = conversation?.conversationId ?? null;
        const refusal = error && { code: error.code, detail: error.message, errors: [...error.errors] };
        return { index, key, conversationId, conversation: found.get(conversationId ?? '') ?? null, error: refusal };
      }),
    };
  }
}

/** Times as every way in takes them. */
const withText = <Input extends { readonly startedAt?: Date | null }>({ startedAt, ...input }: Input) => ({
  ...input,
  startedAt: startedAt?.toISOString(),
});
