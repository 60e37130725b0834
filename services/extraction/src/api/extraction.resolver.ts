import { CurrentPrincipal, type Principal } from '@harmony/access';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { ExtractionQueries } from '../read-model/extraction-queries.js';
import type { ExtractionView } from '../read-model/extraction-view.js';
import { ConversationExtractionType } from './extraction.types.js';

/** What conversations say, in GraphQL. */
@Resolver(() => ConversationExtractionType)
export class ExtractionResolver {
  constructor(private readonly queries: ExtractionQueries) {}

  @Query(() => ConversationExtractionType, {
    nullable: true,
    description:
      'What a conversation says: summary, key points, action items, topics, questions, figures. Null until it was looked through; NOT_FOUND when there is no such conversation for this reader.',
  })
  conversationExtraction(
    @CurrentPrincipal() principal: Principal,
    @Args('conversationId', { type: () => ID, description: 'Of the conversation.' }) conversationId: string,
  ): Promise<ExtractionView | null> {
    return this.queries.ofConversation(principal, conversationId);
  }
}
