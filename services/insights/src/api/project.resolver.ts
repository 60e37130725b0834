import { CurrentPrincipal, CurrentRequest, type Principal, type RequestContext } from '@harmony/access';
import { PageArguments, type Connection } from '@harmony/api';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ChangeProject } from '../projects/change-project.js';
import { CreateProject } from '../projects/create-project.js';
import { DeleteProject } from '../projects/delete-project.js';
import { PinProject } from '../pins/pin-project.js';
import { DefinitionQueries } from '../read-model/definition-queries.js';
import { ProjectQueries } from '../read-model/project-queries.js';
import type { DefinitionView, ProjectView } from '../read-model/views.js';
import { CriterionUnion, criterionView, type CriterionType } from './criterion.types.js';
import { DefinitionType } from './definition.types.js';
import { ChangeProjectInput, CreateProjectInput, ProjectConnection, ProjectType } from './project.types.js';
import { readerOf } from './visible.js';

const id = { type: () => ID, description: 'Id of the project.' } as const;

/** Projects in GraphQL. */
@Resolver(() => ProjectType)
export class ProjectResolver {
  constructor(
    private readonly queries: ProjectQueries,
    private readonly definitionQueries: DefinitionQueries,
    private readonly creation: CreateProject,
    private readonly changes: ChangeProject,
    private readonly deletion: DeleteProject,
    private readonly pins: PinProject,
  ) {}

  @Query(() => ProjectConnection, {
    description: 'Projects that the reader may see: pinned ones first, then newest first.',
  })
  projects(@CurrentPrincipal() principal: Principal, @Args() page: PageArguments): Promise<Connection<ProjectView>> {
    return this.queries.list(principal, page);
  }

  @Query(() => ProjectType, { description: 'One project; UNKNOWN_PROJECT when there is none for this reader.' })
  project(@CurrentPrincipal() principal: Principal, @Args('id', id) projectId: string): Promise<ProjectView> {
    return this.queries.byId(principal, projectId);
  }

  @ResolveField(() => [CriterionUnion], { description: 'What a conversation must fulfil, the first one first.' })
  criteria(@Parent() { criteria }: ProjectView): CriterionType[] {
    return criteria.map(criterionView);
  }

  @ResolveField(() => [DefinitionType], { description: 'What is asked, in the order of the report.' })
  async definitions(
    @CurrentPrincipal() principal: Principal,
    @Parent() project: ProjectView,
    @Args('isActive', { type: () => Boolean, nullable: true, description: 'Absent: active ones and others.' })
    isActive?: boolean | null,
  ): Promise<DefinitionView[]> {
    const all = (await this.definitionQueries.ofProject(principal, project.id)) ?? [];
    return all.filter((definition) => typeof isActive !== 'boolean' || definition.isActive === isActive);
  }

  @Mutation(() => ProjectType, { description: 'Begins a project for one or more teams.' })
  async createProject(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The new project.' }) input: CreateProjectInput,
  ): Promise<ProjectView> {
    return this.queries.byId(readerOf(request), await this.creation.execute(request, { ...input }));
  }

  @Mutation(() => ProjectType, {
    description: 'Changes name, language, teams or knowledge, for conversations from now on.',
  })
  async changeProject(
    @CurrentRequest() request: RequestContext,
    @Args('id', id) projectId: string,
    @Args('input', { description: 'What changes.' }) input: ChangeProjectInput,
  ): Promise<ProjectView> {
    await this.changes.execute(request, projectId, { ...input });
    return this.queries.byId(readerOf(request), projectId);
  }

  @Mutation(() => ID, { description: 'Deletes a project with all that it asks. Nothing is answered for it any more.' })
  async deleteProject(@CurrentRequest() request: RequestContext, @Args('id', id) projectId: string): Promise<string> {
    await this.deletion.execute(request, projectId);
    return projectId;
  }

  @Mutation(() => ProjectType, { description: 'Keeps a project at hand, for the caller alone.' })
  pinProject(@CurrentRequest() request: RequestContext, @Args('id', id) projectId: string): Promise<ProjectView> {
    return this.pins.pin(request, projectId);
  }

  @Mutation(() => ProjectType, { description: 'Puts a pinned project back among the others, for the caller alone.' })
  unpinProject(@CurrentRequest() request: RequestContext, @Args('id', id) projectId: string): Promise<ProjectView> {
    return this.pins.unpin(request, projectId);
  }
}
