import { HarmonyError, type EventDataOf, type Permission } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { permissionsOf, presentUser } from './lookups.js';
import type { Workspace } from './workspace.js';

/**
 * What a key will be allowed: by its own role, else by that of who creates it.
 * @throws HarmonyError UNKNOWN_ROLE; NOT_FOUND for a creator who was removed meanwhile.
 */
export function permissionsOfKey(
  workspace: Workspace,
  roleId: string | null,
  createdBy: string,
): readonly Permission[] {
  const creator = presentUser(workspace, createdBy);
  return permissionsOf(workspace, roleId ?? creator.roleId);
}

/** @throws HarmonyError UNKNOWN_ROLE. */
export function createApiKey(workspace: Workspace, key: EventDataOf<'ApiKeyCreated'>): Fact[] {
  if (workspace.apiKeys.has(key.apiKeyId)) return [];
  permissionsOfKey(workspace, key.roleId, key.createdBy);
  return [fact('ApiKeyCreated', key)];
}

/** @throws HarmonyError NOT_FOUND. */
export function deleteApiKey(workspace: Workspace, apiKeyId: string): Fact[] {
  if (!workspace.apiKeys.has(apiKeyId)) throw new HarmonyError('NOT_FOUND');
  return [fact('ApiKeyDeleted', { apiKeyId })];
}
