import {
  CurrentPrincipal,
  CurrentRequest,
  DirectoryQueries,
  requirePrincipal,
  widestScope,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { batchLoader, PageArguments } from '@harmony/api';
import { Args, ArgsType, Field, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { mapNodes, viewBy } from '../commands/views.js';
import { found, readerOf } from '../commands/visible.js';
import { RoleType } from '../roles/role.type.js';
import { TeamType } from '../teams/team.type.js';
import { RemoveUser } from './remove-user.js';
import { UserCommands } from './user-commands.js';
import { AddUserInput, UserConnection, UserProfileInput, UserType } from './user.type.js';

const view = viewBy('userId');
const roleView = viewBy('roleId');
const teamView = viewBy('teamId');

@ArgsType()
class UsersArguments extends PageArguments {
  @Field({ defaultValue: false, description: 'Also those who left.' })
  includeRemoved: boolean = false;
}

@Resolver(() => UserType)
export class UserResolver {
  private readonly roleOf = batchLoader(async (principal: Principal, ids) => {
    if (!widestScope(principal, 'roles', 'read')) return new Map<string, RoleType>();
    return new Map((await this.queries.rolesById(principal, ids)).map((role) => [role.roleId, roleView(role)]));
  });

  private readonly teamOf = batchLoader(async (principal: Principal, ids) => {
    if (!widestScope(principal, 'teams', 'read')) return new Map<string, TeamType>();
    return new Map((await this.queries.teamsById(principal, ids)).map((team) => [team.teamId, teamView(team)]));
  });

  constructor(
    private readonly queries: DirectoryQueries,
    private readonly commands: UserCommands,
    private readonly removal: RemoveUser,
  ) {}

  @Query(() => UserConnection, { description: 'The users that you may read, by name.' })
  async users(
    @CurrentPrincipal() principal: Principal,
    @Args() { includeRemoved, ...page }: UsersArguments,
  ): Promise<UserConnection> {
    return mapNodes(await this.queries.users(principal, page, includeRemoved), view);
  }

  @Query(() => UserType, { description: 'One user that you may read; NOT_FOUND for any other.' })
  async user(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Of the user.' }) id: string,
  ): Promise<UserType> {
    return view(found(await this.queries.usersById(principal, [id])));
  }

  @ResolveField(() => RoleType, { nullable: true, description: 'Null when you may not read roles.' })
  async role(@Parent() { roleId }: UserType, @CurrentPrincipal() principal: Principal): Promise<RoleType | undefined> {
    return this.roleOf(principal, roleId);
  }

  @ResolveField(() => [TeamType], { description: 'Those of their teams that you may read.' })
  async teams(@Parent() { teamIds }: UserType, @CurrentPrincipal() principal: Principal): Promise<TeamType[]> {
    const teams = await Promise.all(teamIds.map((teamId) => this.teamOf(principal, teamId)));
    return teams.filter((team) => team !== undefined);
  }

  @Mutation(() => UserType, { description: 'Adds a member to the workspace.' })
  async addUser(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The new user.' }) input: AddUserInput,
  ): Promise<UserType> {
    return this.read(request, await this.commands.add(request, input));
  }

  @Mutation(() => UserType, { description: 'Your own profile, or with more permission that of others.' })
  async changeUserProfile(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the user.' }) id: string,
    @Args('input', { description: 'What changes.' }) input: UserProfileInput,
  ): Promise<UserType> {
    return this.read(request, await this.commands.changeProfile(request, id, input));
  }

  @Mutation(() => UserType, { description: 'A role with no more permissions than your own.' })
  async assignRole(
    @CurrentRequest() request: RequestContext,
    @Args('userId', { type: () => ID, description: 'Who gets the role.' }) userId: string,
    @Args('roleId', { type: () => ID, description: 'The role that they have from now on.' }) roleId: string,
  ): Promise<UserType> {
    return this.read(request, await this.commands.assignRole(request, userId, roleId));
  }

  @Mutation(() => UserType, { description: 'Replaces the teams of before.' })
  async assignTeams(
    @CurrentRequest() request: RequestContext,
    @Args('userId', { type: () => ID, description: 'Whose teams these are.' }) userId: string,
    @Args('teamIds', { type: () => [ID], description: 'All teams that they belong to from now on.' }) teamIds: string[],
  ): Promise<UserType> {
    return this.read(request, await this.commands.assignTeams(request, userId, teamIds));
  }

  @Mutation(() => ID, { description: 'Sets a password of the local sign-in, 12 to 200 characters.' })
  setPassword(
    @CurrentRequest() request: RequestContext,
    @Args('userId', { type: () => ID, description: 'Whose password it is.' }) userId: string,
    @Args('password', { description: '12 to 200 characters.' }) password: string,
  ): Promise<string> {
    return this.commands.setPassword(request, userId, password);
  }

  @Mutation(() => ID, { description: 'Ends their sign-in and API keys at once; their conversations stay.' })
  removeUser(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the user.' }) id: string,
  ): Promise<string> {
    return this.removal.run(request, id);
  }

  private async read(request: RequestContext, id: string): Promise<UserType> {
    return view(found(await this.queries.usersById(readerOf(requirePrincipal(request), 'users'), [id])));
  }
}
