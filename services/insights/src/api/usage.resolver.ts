import { CurrentPrincipal, type Principal } from '@harmony/access';
import { Args, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { UsageQueries, type SpendingView, type UsageGroup, type UsageView } from '../usage/usage-queries.js';
import { InsightBudgetType } from './settings.types.js';
import { InsightSpendingType, UsageGroupEnum, UsageType } from './usage.types.js';

/** What analysis costs, in GraphQL. */
@Resolver(() => InsightBudgetType)
export class UsageResolver {
  constructor(private readonly usageQueries: UsageQueries) {}

  @Query(() => [UsageType], { description: 'What was spent in a period of at most 366 days. Needs usage:read:all.' })
  usage(
    @CurrentPrincipal() principal: Principal,
    @Args('from', { description: 'Included; spending is known by the hour.' }) from: Date,
    @Args('to', { description: 'Excluded.' }) to: Date,
    @Args('groupBy', {
      type: () => [UsageGroupEnum],
      defaultValue: [],
      description: 'What a row is for; empty: one row for everything.',
    })
    groupBy: UsageGroup[],
  ): Promise<UsageView[]> {
    return this.usageQueries.of(principal, { from, to }, groupBy);
  }

  @ResolveField(() => InsightSpendingType, { description: 'What was spent in the last 24 hours.' })
  spent(@CurrentPrincipal() principal: Principal): Promise<SpendingView> {
    return this.usageQueries.spent(principal);
  }
}
