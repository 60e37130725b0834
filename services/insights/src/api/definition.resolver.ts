import { CurrentPrincipal, CurrentRequest, type Principal, type RequestContext } from '@harmony/access';
import { PageArguments, type Connection } from '@harmony/api';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { DefinitionCommands } from '../definitions/definition-commands.js';
import { DefinitionQueries } from '../read-model/definition-queries.js';
import { ProjectQueries } from '../read-model/project-queries.js';
import type { DefinitionVersionView, DefinitionView, ProjectView } from '../read-model/views.js';
import {
  ChangeDefinitionInput,
  ChangeDefinitionPayload,
  CreateDefinitionInput,
  DefinitionType,
  DefinitionVersionConnection,
} from './definition.types.js';
import { ProjectType } from './project.types.js';
import { readerOf } from './visible.js';

const project = { type: () => ID, description: 'Id of the project.' } as const;
const definition = { type: () => ID, description: 'Id of the definition.' } as const;

/** Definitions in GraphQL. */
@Resolver(() => DefinitionType)
export class DefinitionResolver {
  constructor(
    private readonly commands: DefinitionCommands,
    private readonly queries: DefinitionQueries,
    private readonly projects: ProjectQueries,
  ) {}

  @Query(() => DefinitionVersionConnection, {
    description: 'All that a definition ever asked, newest first, also after it was removed.',
  })
  definitionVersions(
    @CurrentPrincipal() principal: Principal,
    @Args('definitionId', definition) id: string,
    @Args() page: PageArguments,
  ): Promise<Connection<DefinitionVersionView>> {
    return this.queries.versions(principal, id, page);
  }

  @Mutation(() => DefinitionType, { description: 'Adds a question at the end of the report.' })
  async createDefinition(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('input', { description: 'The new definition.' }) input: CreateDefinitionInput,
  ): Promise<DefinitionView> {
    return this.queries.byId(readerOf(request), await this.commands.create(request, projectId, { ...input }));
  }

  @Mutation(() => ChangeDefinitionPayload, {
    description:
      'Changes a definition. What an answer may depend on makes a new version, for conversations from now on; what only changes the showing does not.',
  })
  async changeDefinition(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('definitionId', definition) id: string,
    @Args('input', { description: 'What changes.' }) input: ChangeDefinitionInput,
  ): Promise<{ change: ChangeDefinitionPayload['change']; definition: DefinitionView }> {
    const change = await this.commands.change(request, projectId, id, { ...input });
    return { change, definition: await this.queries.byId(readerOf(request), id) };
  }

  @Mutation(() => DefinitionType, { description: 'Whether new conversations are asked.' })
  async setDefinitionActive(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('definitionId', definition) id: string,
    @Args('isActive', { description: 'True: they are.' }) isActive: boolean,
  ): Promise<DefinitionView> {
    await this.commands.setActive(request, projectId, id, isActive);
    return this.queries.byId(readerOf(request), id);
  }

  @Mutation(() => ID, { description: 'Removes a definition; what it was answered stays with its conversations.' })
  async removeDefinition(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('definitionId', definition) id: string,
  ): Promise<string> {
    await this.commands.remove(request, projectId, id);
    return id;
  }

  @Mutation(() => ProjectType, { description: 'Puts the definitions of a report into another order.' })
  async reorderDefinitions(
    @CurrentRequest() request: RequestContext,
    @Args('projectId', project) projectId: string,
    @Args('definitionIds', { type: () => [ID], description: 'Every definition of the project, each once.' })
    definitionIds: string[],
  ): Promise<ProjectView> {
    await this.commands.reorder(request, projectId, { definitionIds });
    return this.projects.byId(readerOf(request), projectId);
  }
}
