import {
  Passwords,
  requireGrantable,
  requireLength,
  requirePermission,
  requirePrincipal,
  validateCustomFields,
  type Directory,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { parseInput } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import { derivedId } from '@harmony/kernel';
import { DIRECTORY } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { customFieldValues, email, given, language, name, timezone } from '../commands/input.js';
import { WorkspaceCommands } from '../commands/workspace-commands.js';
import { permissionsOf, presentUser } from '../domain/lookups.js';
import { addUser, assignRole, assignTeams, changeProfile } from '../domain/users.js';
import type { Workspace } from '../domain/workspace.js';

const newUser = z.object({
  email,
  name,
  roleId: z.string(),
  teamIds: z.array(z.string()).max(100).default([]),
  timezone: timezone.default('UTC'),
  language: language.default('en'),
  customFields: customFieldValues.nullish(),
  password: z.string().nullish(),
});
export type NewUserInput = z.input<typeof newUser>;

const profile = z.object({
  name: name.optional(),
  timezone: timezone.optional(),
  language: language.optional(),
  customFields: customFieldValues.optional(),
});
export type ProfileInput = z.input<typeof profile>;

/** Everything that changes users, except their removal. Each returns the user's id. */
@Injectable()
export class UserCommands {
  constructor(
    private readonly commands: WorkspaceCommands,
    private readonly passwords: Passwords,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  async add(request: RequestContext, input: NewUserInput): Promise<string> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'users', 'create', 'all');
    const { password, ...user } = parseInput(newUser, input);
    if (password != null) requireLength(password);
    const customFields = await this.checked(principal, user.customFields ?? {});
    const userId = derivedId(request.commandId, 'user');
    await this.commands.run(request, (workspace) => {
      requireGrantable(principal, permissionsOf(workspace, user.roleId));
      return addUser(workspace, { ...user, userId, customFields });
    });
    if (password != null) await this.passwords.set(userId, password);
    return userId;
  }

  /** With `users:update:own` one's own profile, with `:team` those of team mates, with `:all` everybody's. */
  async changeProfile(request: RequestContext, userId: string, input: ProfileInput): Promise<string> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'users', 'update');
    const change = given(parseInput(profile, input));
    if (change.customFields) change.customFields = await this.checked(principal, change.customFields);
    await this.commands.run(request, (workspace) => {
      requireReach(principal, workspace, userId);
      return changeProfile(workspace, userId, change);
    });
    return userId;
  }

  async assignRole(request: RequestContext, userId: string, roleId: string): Promise<string> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'users', 'update', 'all');
    await this.commands.run(request, (workspace) => {
      const facts = assignRole(workspace, userId, roleId);
      requireGrantable(principal, permissionsOf(workspace, roleId));
      return facts;
    });
    return userId;
  }

  async assignTeams(request: RequestContext, userId: string, teamIds: readonly string[]): Promise<string> {
    requirePermission(requirePrincipal(request), 'users', 'update', 'all');
    await this.commands.run(request, (workspace) => assignTeams(workspace, userId, teamIds));
    return userId;
  }

  /**
   * Sets a password of the local sign-in: one's own, or with `users:update:all` that of somebody with no more
   * permissions than oneself, since whoever sets a password can sign in with it. Not with an API key.
   */
  async setPassword(request: RequestContext, userId: string, password: string): Promise<string> {
    const principal = requirePrincipal(request);
    if (principal.kind !== 'USER') {
      throw new HarmonyError('FORBIDDEN', { detail: 'Passwords are set by people, not with an API key.' });
    }
    requirePermission(principal, 'users', 'update', userId === principal.userId ? 'own' : 'all');
    requireLength(password);
    await this.commands.run(request, (workspace) => {
      const { roleId } = presentUser(workspace, userId);
      if (userId !== principal.userId) requireGrantable(principal, permissionsOf(workspace, roleId));
      return [];
    });
    await this.passwords.set(userId, password);
    return userId;
  }

  private async checked(principal: Principal, values: Readonly<Record<string, unknown>>) {
    return validateCustomFields(await this.directory.customFields(principal.workspaceId, 'USER'), values);
  }
}

/** @throws HarmonyError NOT_FOUND for a user beyond the scope of `users:update`, as if there were none. */
function requireReach(principal: Principal, workspace: Workspace, userId: string): void {
  const scope = requirePermission(principal, 'users', 'update');
  if (scope === 'all' || userId === principal.userId) return;
  const { teamIds } = presentUser(workspace, userId);
  if (scope === 'team' && teamIds.some((teamId) => principal.teamIds.includes(teamId))) return;
  throw new HarmonyError('NOT_FOUND');
}
