import { CurrentPrincipal, type Principal } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { z } from 'zod';
import { FollowedQuotes, type FollowedQuote } from '../read-model/followed-quotes.js';
import { FollowedQuotesArguments, FollowedQuoteType } from './quote.types.js';

const wishSchema = z.object({
  conversationId: z.string(),
  from: z.int().positive(),
  to: z.int().positive(),
  quotes: z.array(z.object({ start: z.int().nonnegative(), end: z.int().positive() })).max(100),
});

/** Quotes across the transcripts of a conversation, in GraphQL. */
@Resolver(() => FollowedQuoteType)
export class QuoteResolver {
  constructor(private readonly followed: FollowedQuotes) {}

  @Query(() => [FollowedQuoteType], {
    description:
      'Where another transcript of a conversation says what evidence quotes, as after a revision that transcribed it again. One for each quote, in their order.',
  })
  async followedQuotes(
    @CurrentPrincipal() principal: Principal,
    @Args() wish: FollowedQuotesArguments,
  ): Promise<FollowedQuote[]> {
    const { conversationId, from, to, quotes } = parseInput(wishSchema, wish);
    return this.followed.follow(principal, conversationId, { from, to }, quotes);
  }
}
