import { CurrentRequest, requirePrincipal, type RequestContext } from '@harmony/access';
import { HarmonyError, type PipelineStage } from '@harmony/contracts';
import type { ProjectionProgress } from '@harmony/read-model';
import { PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import type { ChangedConversation } from '../commands/change-conversation.js';
import { DeleteConversation } from '../deletion/delete-conversation.js';
import { conversationsProjection } from '../projections/conversations.projection.js';
import { UpdateConversation } from '../properties/update-conversation.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import type { ConversationView } from '../read-model/conversation-row.js';
import { RetryConversation } from '../retry/retry-conversation.js';
import { MatchSpeaker } from '../speakers/match-speaker.js';
import { Acknowledgement } from './acknowledgement.js';
import { SpeakerMatchInput, UpdateConversationInput } from './change.types.js';
import { PipelineStageEnum } from './conversation-enums.js';
import { ConversationType } from './conversation.types.js';

const id = { type: () => ID } as const;

/** Changes of conversations by people, in GraphQL. Each answers with the conversation as the caller may see it then. */
@Resolver()
export class ChangeResolver {
  constructor(
    private readonly updates: UpdateConversation,
    private readonly matches: MatchSpeaker,
    private readonly retries: RetryConversation,
    private readonly deletions: DeleteConversation,
    private readonly queries: ConversationQueries,
    private readonly acknowledgement: Acknowledgement,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  @Mutation(() => ConversationType, {
    nullable: true,
    description: 'Changes what people set of a conversation. Null: the caller gave it out of their own sight.',
  })
  async updateConversation(
    @CurrentRequest() request: RequestContext,
    @Args('id', { ...id, description: 'Of the conversation.' }) conversationId: string,
    @Args('input', { description: 'What changes.' }) { expectedRevision, startedAt, ...input }: UpdateConversationInput,
  ): Promise<ConversationView | null> {
    const changes = { ...input, ...(startedAt !== undefined && { startedAt: startedAt?.toISOString() ?? null }) };
    return this.seen(request, await this.updates.execute(conversationId, changes, request, expectedRevision));
  }

  @Mutation(() => ConversationType, {
    nullable: true,
    description: 'Says who a speaker is, in every later reading; a contact or user by whatever name they have then.',
  })
  async matchSpeaker(
    @CurrentRequest() request: RequestContext,
    @Args('conversationId', { ...id, description: 'Of the conversation.' }) conversationId: string,
    @Args('speaker', { description: 'The code: A to Z, then AA, AB.' }) speaker: string,
    @Args('match', { description: 'Whom the speaker is.' }) match: SpeakerMatchInput,
  ): Promise<ConversationView | null> {
    return this.seen(request, await this.matches.execute(conversationId, speaker, { ...match }, request));
  }

  @Mutation(() => ConversationType, {
    nullable: true,
    description: 'Begins the pipeline of a conversation that has ended again; what there is can be read until then.',
  })
  async retryConversation(
    @CurrentRequest() request: RequestContext,
    @Args('id', { ...id, description: 'Of the conversation.' }) conversationId: string,
    @Args('fromStage', {
      type: () => PipelineStageEnum,
      nullable: true,
      description: 'Absent: the stage that failed or had failures; for one that completed without any, TRANSCRIPTION.',
    })
    fromStage: PipelineStage | null,
  ): Promise<ConversationView | null> {
    return this.seen(request, await this.retries.execute(conversationId, { fromStage }, request));
  }

  @Mutation(() => ID, {
    description:
      'Deletes a conversation for good: recording, transcript and results. Nobody can read it any more. READ_MODEL_BEHIND: it is deleted, and may still be readable for a moment.',
  })
  async deleteConversation(
    @CurrentRequest() request: RequestContext,
    @Args('id', { ...id, description: 'Of the conversation.' }) conversationId: string,
  ): Promise<string> {
    const deleted = await this.deletions.execute(conversationId, request);
    if (!(await this.acknowledgement.gone(deleted, request)))
      throw new HarmonyError('READ_MODEL_BEHIND', { retryAfterSeconds: 1 });
    return conversationId;
  }

  private async seen(request: RequestContext, changed: ChangedConversation): Promise<ConversationView | null> {
    await this.progress.waitFor(conversationsProjection.name, changed.position);
    const found = await this.queries.byIds(requirePrincipal(request), [changed.conversationId]);
    return found.get(changed.conversationId) ?? null;
  }
}
