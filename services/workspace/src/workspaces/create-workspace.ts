import { Passwords, requireLength, type Principal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { builtInRoles, streams } from '@harmony/contracts';
import { derivedId, fact, type Clock } from '@harmony/kernel';
import { CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ApiKeyCommands } from '../api-keys/api-key-commands.js';
import { CommandRunner } from '../commands/command-runner.js';
import { email, language, name, timezone } from '../commands/input.js';
import { workspaceFrom } from '../domain/evolve.js';
import type { Workspace } from '../domain/workspace.js';

const newWorkspace = z.object({
  name,
  admin: z.object({
    email,
    name,
    password: z.string(),
    timezone: timezone.default('UTC'),
    language: language.default('en'),
  }),
});
export type NewWorkspaceInput = z.input<typeof newWorkspace>;

export interface CreatedWorkspace {
  readonly workspaceId: string;
  readonly userId: string;
}

/**
 * Makes a workspace and its first administrator. Not routed: the demo, the command line and tests call it, since on a
 * self-hosted server it is the operator who decides about workspaces.
 */
@Injectable()
export class CreateWorkspace {
  constructor(
    private readonly runner: CommandRunner,
    private readonly passwords: Passwords,
    private readonly apiKeys: ApiKeyCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A repeat with the same command id changes nothing but the password. */
  async run(commandId: string, input: NewWorkspaceInput): Promise<CreatedWorkspace> {
    const { name: workspaceName, admin } = parseInput(newWorkspace, input);
    const { password, ...user } = admin;
    requireLength(password);
    const workspaceId = derivedId(commandId, 'workspace');
    const userId = derivedId(commandId, 'user');
    const cause = {
      causationId: commandId,
      correlationId: commandId,
      workspaceId,
      actor: { kind: 'SYSTEM', id: 'workspace' } as const,
      occurredAt: this.clock.now().toISOString(),
    };
    const facts = [
      fact('WorkspaceCreated', { name: workspaceName }),
      fact('UserAdded', { ...user, userId, roleId: builtInRoles.admin.id, teamIds: [] }),
    ];
    const decide = (workspace: Workspace) => (workspace.name === undefined ? facts : []);
    await this.runner.run({ stream: streams.workspace(workspaceId), cause, fold: workspaceFrom, decide });
    await this.passwords.set(userId, password);
    return { workspaceId, userId };
  }

  /** An API key in the name of the administrator, with the administrator's role. @returns the key itself. */
  async createApiKey({ workspaceId, userId }: CreatedWorkspace, commandId: string, keyName: string) {
    const principal: Principal = {
      kind: 'USER',
      id: userId,
      userId,
      workspaceId,
      roleId: builtInRoles.admin.id,
      permissions: new Set(builtInRoles.admin.permissions),
      teamIds: [],
    };
    // An id of its own, since a caller may make the workspace and the key with one and the same.
    const request: RequestContext = {
      principal,
      commandId: derivedId(commandId, 'api-key', keyName),
      correlationId: commandId,
    };
    return this.apiKeys.create(request, { name: keyName });
  }
}
