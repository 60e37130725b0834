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

  @Query(() => TeamType)
  async team(@CurrentPrincipal() principal: Principal, @Args('id', { type: () => ID }) id: string): Promise<TeamType> {
    return view(found(await this.queries.teamsById(principal, [id])));
  }

  @Mutation(() => TeamType)
  async createTeam(@CurrentRequest() request: RequestContext, @Args('input') input: TeamInput): Promise<TeamType> {
    return this.read(request, await this.commands.create(request, input));
  }

  @Mutation(() => TeamType)
  async renameTeam(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID }) id: string,
    @Args('input') input: TeamInput,
  ): Promise<TeamType> {
    return this.read(request, await this.commands.rename(request, id, input));
  }

  @Mutation(() => ID, { description: 'Its members and conversations stay, without it.' })
  removeTeam(@CurrentRequest() request: RequestContext, @Args('id', { type: () => ID }) id: string): Promise<string> {
    return this.commands.remove(request, id);
  }

  private async read(request: RequestContext, id: string): Promise<TeamType> {
    return view(found(await this.queries.teamsById(readerOf(requirePrincipal(request), 'teams'), [id])));
  }
}
