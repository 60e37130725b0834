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
import { RoleCommands } from './role-commands.js';
import { RoleConnection, RoleInput, RoleType } from './role.type.js';

const view = viewBy('roleId');

@Resolver(() => RoleType)
export class RoleResolver {
  constructor(
    private readonly queries: DirectoryQueries,
    private readonly commands: RoleCommands,
  ) {}

  @Query(() => RoleConnection, { description: 'The built-in roles and those of the workspace, by name.' })
  async roles(@CurrentPrincipal() principal: Principal, @Args() page: PageArguments): Promise<RoleConnection> {
    return mapNodes(await this.queries.roles(principal, page), view);
  }

  @Mutation(() => RoleType, { description: 'Adds a role to the workspace.' })
  async createRole(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The new role.' }) input: RoleInput,
  ): Promise<RoleType> {
    return this.read(request, await this.commands.create(request, input));
  }

  @Mutation(() => RoleType, { description: 'Changes a role of the workspace, for everybody who has it.' })
  async changeRole(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the role; not a built-in one.' }) id: string,
    @Args('input', { description: 'The role as it is to be.' }) input: RoleInput,
  ): Promise<RoleType> {
    return this.read(request, await this.commands.change(request, id, input));
  }

  @Mutation(() => ID, { description: 'Refused while somebody has the role.' })
  removeRole(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the role; not a built-in one.' }) id: string,
  ): Promise<string> {
    return this.commands.remove(request, id);
  }

  private async read(request: RequestContext, id: string): Promise<RoleType> {
    return view(found(await this.queries.rolesById(readerOf(requirePrincipal(request), 'roles'), [id])));
  }
}
