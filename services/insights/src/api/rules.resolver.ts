import { CurrentRequest, type RequestContext } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import { Args, ID, Mutation, Resolver } from '@nestjs/graphql';
import { CriterionCommands } from '../criteria/criterion-commands.js';
import { ProjectQueries } from '../read-model/project-queries.js';
import { RuleCommands } from '../rules/rule-commands.js';
import { CriterionInput } from './criterion.inputs.js';
import { CriterionUnion, criterionView, type CriterionType } from './criterion.types.js';
import { GoalInput, ScorecardInput } from './rule.inputs.js';
import { GoalType, ScorecardType } from './rule.types.js';
import { readerOf } from './visible.js';

const project = { type: () => ID, description: 'Id of the project.' } as const;
const existing = { type: () => ID, nullable: true, description: 'Absent: a new one.' } as const;
const removed = { type: () => ID, description: 'Which one.' } as const;

/** Criteria, goals and scorecards in GraphQL. */
@Resolver()
export class RulesResolver {
  constructor(
    private readonly criteria: CriterionCommands,
    private readonly rules: RuleCommands,
    private readonly projects: ProjectQueries,
  ) {}

  @Mutation(() => CriterionUnion, { description: 'Adds or changes what conversations from now on must fulfil.' })
  async setCriterion(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('input', { description: 'The criterion as it is to be.' }) input: CriterionInput,
    @Args('criterionId', existing) criterionId?: string | null,
  ): Promise<CriterionType> {
    const id = await this.criteria.set(request, projectId, criterionId, { ...input });
    const { criteria } = await this.projects.byId(readerOf(request), projectId);
    return criterionView(withId(criteria, id));
  }

  @Mutation(() => ID, { description: 'Removes a criterion.' })
  async removeCriterion(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('criterionId', removed) criterionId: string,
  ): Promise<string> {
    await this.criteria.remove(request, projectId, criterionId);
    return criterionId;
  }

  @Mutation(() => GoalType, { description: 'Adds or changes a goal. Past conversations are evaluated anew.' })
  async setGoal(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('input', { description: 'The goal as it is to be.' }) input: GoalInput,
    @Args('goalId', existing) goalId?: string | null,
  ): Promise<GoalType> {
    const id = await this.rules.setGoal(request, projectId, goalId, { ...input });
    return withId((await this.projects.byId(readerOf(request), projectId)).goals, id);
  }

  @Mutation(() => ID, { description: 'Removes a goal.' })
  async removeGoal(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('goalId', removed) goalId: string,
  ): Promise<string> {
    await this.rules.removeGoal(request, projectId, goalId);
    return goalId;
  }

  @Mutation(() => ScorecardType, { description: 'Adds or changes a scorecard. Past conversations are scored anew.' })
  async setScorecard(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('input', { description: 'The scorecard as it is to be.' }) input: ScorecardInput,
    @Args('scorecardId', existing) scorecardId?: string | null,
  ): Promise<ScorecardType> {
    const id = await this.rules.setScorecard(request, projectId, scorecardId, { ...input });
    return withId((await this.projects.byId(readerOf(request), projectId)).scorecards, id);
  }

  @Mutation(() => ID, { description: 'Removes a scorecard.' })
  async removeScorecard(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('scorecardId', removed) scorecardId: string,
  ): Promise<string> {
    await this.rules.removeScorecard(request, projectId, scorecardId);
    return scorecardId;
  }
}

/** Somebody may have removed it in the meantime. @throws HarmonyError NOT_FOUND */
function withId<View extends { readonly id: string }>(views: readonly View[], id: string): View {
  const found = views.find((view) => view.id === id);
  if (!found) throw new HarmonyError('NOT_FOUND');
  return found;
}
