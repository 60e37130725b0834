import {
  CurrentPrincipal,
  CurrentRequest,
  requirePrincipal,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { pageBelow, parseInput, type Connection } from '@harmony/api';
import type { ProjectionProgress } from '@harmony/read-model';
import { PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject } from '@nestjs/common';
import { Args, ID, Info, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { ConversationFeed } from '../live-feed/conversation-feed.js';
import { conversationsProjection } from '../projections/conversations.projection.js';
import { conversationFilterSchema } from '../read-model/conversation-filter.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import type { ConversationView } from '../read-model/conversation-row.js';
import { TranscriptQueries, type ConversationWithPage, type TurnView } from '../read-model/transcript-queries.js';
import { SubmitConversation } from '../submit-conversation/submit-conversation.js';
import { TranscriptArguments, TurnConnection } from './conversation-parts.types.js';
import {
  ConversationConnection,
  ConversationsArguments,
  ConversationType,
  SubmitConversationInput,
  SubmitConversationPayload,
} from './conversation.types.js';

/** Conversations in GraphQL. */
@Resolver(() => ConversationType)
export class ConversationResolver {
  constructor(
    private readonly queries: ConversationQueries,
    private readonly transcripts: TranscriptQueries,
    private readonly submission: SubmitConversation,
    private readonly feed: ConversationFeed,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  @Query(() => ConversationType, { description: 'One conversation; NOT_FOUND when there is none for this reader.' })
  conversation(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Of the conversation.' }) id: string,
    @Info() info?: GraphQLResolveInfo,
  ): Promise<ConversationView> {
    const page = info && pageBelow(info, 'transcript');
    return page ? this.transcripts.withConversation(principal, id, page) : this.queries.byId(principal, id);
  }

  @Query(() => ConversationConnection, { description: 'Conversations that the reader may see, newest first.' })
  conversations(
    @CurrentPrincipal() principal: Principal,
    @Args() { filter, ...page }: ConversationsArguments,
  ): Promise<Connection<ConversationView>> {
    const narrowed = parseInput(conversationFilterSchema, {
      ...filter,
      createdFrom: filter?.createdFrom?.toISOString(),
      createdBefore: filter?.createdBefore?.toISOString(),
      happenedFrom: filter?.happenedFrom?.toISOString(),
      happenedBefore: filter?.happenedBefore?.toISOString(),
    });
    return this.queries.list(principal, narrowed, page);
  }

  @ResolveField(() => TurnConnection, {
    description:
      'What was said, in order; empty until there is a transcript. NOT_FOUND for a version that the conversation does not have.',
  })
  transcript(
    @CurrentPrincipal() principal: Principal,
    @Parent() { id, readAhead }: ConversationView & Partial<ConversationWithPage>,
    @Args() { version, ...page }: TranscriptArguments,
  ): Promise<Connection<TurnView>> | Connection<TurnView> {
    if (typeof version === 'number') return this.transcripts.page(principal, id, page, version);
    const isRead = readAhead?.asked.first === page.first && readAhead.asked.after === (page.after ?? null);
    return isRead ? readAhead.page : this.transcripts.page(principal, id, page);
  }

  @Mutation(() => SubmitConversationPayload, { description: 'Takes in a pasted conversation and queues it.' })
  async submitConversation(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The text, and what is known of the conversation.' })
    { startedAt, ...input }: SubmitConversationInput,
  ): Promise<SubmitConversationPayload> {
    const principal = requirePrincipal(request);
    const submission = { ...input, startedAt: startedAt?.toISOString() };
    const { conversationId, position } = await this.submission.execute(submission, request);
    await this.progress.waitFor(conversationsProjection.name, position);
    return { conversation: await this.queries.byId(principal, conversationId) };
  }

  @Subscription(() => ConversationType, {
    description: 'Conversations as they change. With an id, only that one, and its present state first.',
    resolve: (conversation: ConversationView) => conversation,
  })
  conversationChanged(
    @CurrentPrincipal() principal: Principal,
    @Args('conversationId', { type: () => ID, nullable: true, description: 'Absent: all that you may see.' })
    conversationId: string | null,
  ): Promise<AsyncIterableIterator<ConversationView>> {
    return this.feed.listen(principal, conversationId ?? undefined);
  }
}
