import {
  CurrentPrincipal,
  CurrentRequest,
  DirectoryQueries,
  requirePrincipal,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { PageArguments } from '@harmony/api';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { mapNodes, viewBy } from '../commands/views.js';
import { found, readerOf } from '../commands/visible.js';
import { TeamCommands } from './team-commands.js';
import { TeamConnection, TeamInput, TeamType } from './team.type.js';

const view = viewBy('teamId');

@Resolver(() => TeamType)
export class TeamResolver {
  constructor(
    private readonly queries: DirectoryQueries,
    private readonly commands: TeamCommands,
  ) {}

  @Query(() => TeamConnection, { description: 'The teams that you may read, by name.' })
  async teams(@CurrentPrincipal() principal: Principal, @Args() page: PageArguments): Promise<TeamConnection> {
    return mapNodes(await this.queries.teams(principal, page), view);
  }

  @Query(() => TeamType, { description: 'One team that you may read; NOT_FOUND for any other.' })
  async team(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Of the team.' }) id: string,
  ): Promise<TeamType> {
    return view(found(await this.queries.teamsById(principal, [id])));
  }

  @Mutation(() => TeamType, { description: 'Adds a team to the workspace.' })
  async createTeam(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The new team.' }) input: TeamInput,
  ): Promise<TeamType> {
    return this.read(request, await this.commands.create(request, input));
  }

  @Mutation(() => TeamType, { description: 'Gives a team another name.' })
  async renameTeam(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the team.' }) id: string,
    @Args('input', { description: 'The team as it is to be.' }) input: TeamInput,
  ): Promise<TeamType> {
    return this.read(request, await this.commands.rename(request, id, input));
  }

  @Mutation(() => ID, { description: 'Its members and conversations stay, without it.' })
  removeTeam(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the team.' }) id: string,
  ): Promise<string> {
    return this.commands.remove(request, id);
  }

  private async read(request: RequestContext, id: string): Promise<TeamType> {
    return view(found(await this.queries.teamsById(readerOf(requirePrincipal(request), 'teams'), [id])));
  }
}
