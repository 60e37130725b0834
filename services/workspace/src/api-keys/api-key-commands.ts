import {
  ApiKeySecrets,
  lastFourOf,
  newApiKey,
  requireGrantable,
  requirePermission,
  requirePrincipal,
  type RequestContext,
} from '@harmony/access';
import { parseInput } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import { derivedId, type Clock } from '@harmony/kernel';
import { CLOCK } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { name } from '../commands/input.js';
import { WorkspaceCommands } from '../commands/workspace-commands.js';
import { createApiKey, deleteApiKey, permissionsOfKey } from '../domain/api-keys.js';

const newKey = z.object({
  name,
  roleId: z.string().nullish(),
  expiresAt: z.date().nullish(),
});
export type NewApiKeyInput = z.input<typeof newKey>;

export interface CreatedApiKey {
  readonly apiKeyId: string;
  /** The key itself, this once; null in a repeat of the command, since only its hash is stored (P6). */
  readonly key: string | null;
}

@Injectable()
export class ApiKeyCommands {
  constructor(
    private readonly commands: WorkspaceCommands,
    private readonly secrets: ApiKeySecrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async create(request: RequestContext, input: NewApiKeyInput): Promise<CreatedApiKey> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'api-keys', 'create', 'all');
    const { roleId = null, expiresAt = null, ...rest } = parseInput(newKey, input);
    this.requireFuture(expiresAt);
    const key = newApiKey();
    const apiKey = {
      ...rest,
      apiKeyId: derivedId(request.commandId, 'api-key'),
      lastFour: lastFourOf(key),
      roleId,
      createdBy: principal.userId,
      expiresAt: expiresAt?.toISOString() ?? null,
    };
    const facts = await this.commands.run(request, (workspace) => {
      requireGrantable(principal, permissionsOfKey(workspace, roleId, principal.userId));
      return createApiKey(workspace, apiKey);
    });
    if (facts.length === 0) return { apiKeyId: apiKey.apiKeyId, key: null };
    await this.secrets.store(apiKey.apiKeyId, key);
    return { apiKeyId: apiKey.apiKeyId, key };
  }

  /** The key is refused from the next request on. */
  async delete(request: RequestContext, apiKeyId: string): Promise<string> {
    requirePermission(requirePrincipal(request), 'api-keys', 'delete', 'all');
    await this.commands.run(request, (workspace) => deleteApiKey(workspace, apiKeyId));
    await this.secrets.revoke([apiKeyId]);
    return apiKeyId;
  }

  private requireFuture(expiresAt: Date | null): void {
    if (expiresAt === null || expiresAt > this.clock.now()) return;
    const detail = 'The expiry must lie in the future.';
    throw new HarmonyError('INVALID_INPUT', { detail, errors: [{ pointer: '/expiresAt', detail }] });
  }
}
