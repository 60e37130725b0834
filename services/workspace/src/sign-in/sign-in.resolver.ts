import { CurrentPrincipal, DirectoryQueries, SignIn, type Principal } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { z } from 'zod';
import { viewBy } from '../commands/views.js';
import { found, readerOf } from '../commands/visible.js';
import { Session, Viewer } from './session.type.js';

const credentials = z.object({
  email: z.email().max(254),
  password: z.string().max(1000),
  workspaceId: z.uuid().optional(),
});

@Resolver()
export class SignInResolver {
  constructor(
    private readonly access: SignIn,
    private readonly queries: DirectoryQueries,
  ) {}

  @Mutation(() => Session, { description: 'The local sign-in; with OpenID Connect, tokens come from your provider.' })
  signIn(
    @Args('email', { description: 'Of the user, in any case.' }) email: string,
    @Args('password', { description: 'Of the local sign-in.' }) password: string,
    @Args('workspaceId', {
      type: () => ID,
      nullable: true,
      description: 'Needed where the address is known in several workspaces.',
    })
    workspaceId?: string | null,
  ): Promise<Session> {
    const { workspaceId: workspace, ...who } = parseInput(credentials, {
      email,
      password,
      workspaceId: workspaceId ?? undefined,
    });
    return this.access.signIn(workspace === undefined ? who : { ...who, workspaceId: workspace });
  }

  @Query(() => Viewer, { description: 'Who is asking, and what they may do.' })
  async me(@CurrentPrincipal() principal: Principal): Promise<Viewer> {
    const [users, workspace] = await Promise.all([
      this.queries.usersById(readerOf(principal, 'users'), [principal.userId]),
      this.queries.workspace(readerOf(principal, 'organization')),
    ]);
    if (!workspace) throw new HarmonyError('NOT_FOUND');
    return {
      user: viewBy('userId')(found(users)),
      workspace: viewBy('workspaceId')(workspace),
      apiKeyId: principal.kind === 'API_KEY' ? principal.id : null,
      roleId: principal.roleId,
      permissions: [...principal.permissions].sort(),
    };
  }
}
