import { CurrentPrincipal, requirePermission, type Principal } from '@harmony/access';
import { AnalystType, analystView, type AnalystView } from '@harmony/api';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { EligibilityQueries, type ProjectEligibilityView } from '../eligibility/eligibility-queries.js';
import { InsightsQueries } from '../read-model/insights-queries.js';
import type { ConversationInsightsView } from '../read-model/insights-view.js';
import { ProjectEligibilityType } from './eligibility.types.js';
import { ConversationInsightsType } from './insights.types.js';

/** What was found in conversations, in GraphQL. */
@Resolver(() => ConversationInsightsType)
export class InsightsResolver {
  constructor(
    private readonly insights: InsightsQueries,
    private readonly eligibility: EligibilityQueries,
    private readonly analyst: AskAnalyst,
  ) {}

  @Query(() => ConversationInsightsType, {
    nullable: true,
    description:
      'What every definition found in a conversation. Null until its first run began; NOT_FOUND when there is no such conversation for this reader.',
  })
  conversationInsights(
    @CurrentPrincipal() principal: Principal,
    @Args('conversationId', { type: () => ID, description: 'Of the conversation.' }) conversationId: string,
  ): Promise<ConversationInsightsView | null> {
    return this.insights.ofConversation(principal, conversationId);
  }

  @Query(() => [ProjectEligibilityType], {
    description:
      'For each project that the reader may read, why the conversation belongs into it or not, as things are now. No model is asked: what none has judged is NOT_JUDGED.',
  })
  projectEligibility(
    @CurrentPrincipal() principal: Principal,
    @Args('conversationId', { type: () => ID, description: 'Of the conversation.' }) conversationId: string,
  ): Promise<ProjectEligibilityView[]> {
    return this.eligibility.ofConversation(principal, conversationId);
  }

  @Query(() => AnalystType, { name: 'analyst', description: 'Who answers definitions in this installation.' })
  installedAnalyst(@CurrentPrincipal() principal: Principal): AnalystView {
    requirePermission(principal, 'projects', 'read');
    return analystView(this.analyst.originOf('SUMMARY'));
  }
}
