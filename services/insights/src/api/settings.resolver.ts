import { CurrentPrincipal, CurrentRequest, type Principal, type RequestContext } from '@harmony/access';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { SettingsQueries } from '../read-model/settings-queries.js';
import { SettingsCommands } from '../settings/settings-commands.js';
import { InsightBudgetInput, InsightBudgetType } from './settings.types.js';
import { readerOf } from './visible.js';

/** What a workspace sets for all of its projects, in GraphQL. */
@Resolver()
export class SettingsResolver {
  constructor(
    private readonly commands: SettingsCommands,
    private readonly queries: SettingsQueries,
  ) {}

  @Query(() => String, { description: 'Background for every question of every project; empty for none.' })
  async handbook(@CurrentPrincipal() principal: Principal): Promise<string> {
    return (await this.queries.of(principal)).handbook;
  }

  @Query(() => InsightBudgetType, { description: 'What insight work may spend, and whether it waits for that.' })
  insightBudget(@CurrentPrincipal() principal: Principal): Promise<InsightBudgetType> {
    return this.budgetOf(principal);
  }

  @Mutation(() => String, { description: 'Sets the handbook of the workspace, used from now on. Gives it back.' })
  async setHandbook(
    @CurrentRequest() request: RequestContext,
    @Args('handbook', { description: 'At most 20,000 characters; empty: none.' }) handbook: string,
  ): Promise<string> {
    await this.commands.setHandbook(request, handbook);
    return (await this.queries.of(readerOf(request))).handbook;
  }

  @Mutation(() => InsightBudgetType, { description: 'Sets what insight work may spend in any 24 hours.' })
  async setInsightBudget(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The budget as it is to be.' }) input: InsightBudgetInput,
  ): Promise<InsightBudgetType> {
    await this.commands.setInsightBudget(request, { ...input });
    return this.budgetOf(readerOf(request));
  }

  private async budgetOf(principal: Principal): Promise<InsightBudgetType> {
    const { budget, paused } = await this.queries.of(principal);
    return { ...budget, paused: paused && { ...paused, resumesAt: new Date(paused.resumesAt) } };
  }
}
