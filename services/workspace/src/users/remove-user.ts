import { ApiKeySecrets, Passwords, requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { Injectable } from '@nestjs/common';
import { WorkspaceCommands } from '../commands/workspace-commands.js';
import { removeUser } from '../domain/users.js';

/** Removes a user: their sign-in and API keys end at once, their conversations stay (P12). */
@Injectable()
export class RemoveUser {
  constructor(
    private readonly commands: WorkspaceCommands,
    private readonly passwords: Passwords,
    private readonly apiKeys: ApiKeySecrets,
  ) {}

  async run(request: RequestContext, userId: string): Promise<string> {
    requirePermission(requirePrincipal(request), 'users', 'delete', 'all');
    const facts = await this.commands.run(request, (workspace) => removeUser(workspace, userId));
    await this.apiKeys.revoke(facts.flatMap((one) => (one.type === 'ApiKeyDeleted' ? [one.data.apiKeyId] : [])));
    await this.passwords.remove(userId);
    return userId;
  }
}
