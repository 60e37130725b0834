import { HarmonyError, type Permission } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { builtInRoleNames, isBuiltInRole, refusal, sameName } from './lookups.js';
import type { Workspace } from './workspace.js';

export interface RoleDefinition {
  readonly roleId: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
}

function requireFreeName(workspace: Workspace, roleId: string, name: string): void {
  const others = [...workspace.roles].filter(([id]) => id !== roleId).map(([, role]) => role.name);
  if ([...others, ...builtInRoleNames].some((other) => sameName(other, name))) throw refusal('NAME_TAKEN', '/name');
}

/** Defines a custom role, or defines it anew. @throws HarmonyError BUILT_IN_ROLE, NAME_TAKEN. */
export function defineRole(workspace: Workspace, { roleId, name, permissions }: RoleDefinition): Fact[] {
  if (isBuiltInRole(roleId)) throw new HarmonyError('BUILT_IN_ROLE');
  requireFreeName(workspace, roleId, name);
  const wanted = [...new Set(permissions)].sort();
  const before = workspace.roles.get(roleId);
  const unchanged = before?.name === name && before.permissions.join() === wanted.join();
  return unchanged ? [] : [fact('RoleDefined', { roleId, name, permissions: wanted })];
}

/** @throws HarmonyError NOT_FOUND, BUILT_IN_ROLE, ROLE_IN_USE. */
export function removeRole(workspace: Workspace, roleId: string): Fact[] {
  if (isBuiltInRole(roleId)) throw new HarmonyError('BUILT_IN_ROLE');
  if (!workspace.roles.has(roleId)) throw new HarmonyError('NOT_FOUND');
  const users = [...workspace.users.values()].filter((user) => !user.removed && user.roleId === roleId).length;
  const keys = [...workspace.apiKeys.values()].filter((key) => key.roleId === roleId).length;
  if (users + keys === 0) return [fact('RoleRemoved', { roleId })];
  const detail = `${users} users and ${keys} API keys still have this role. Give them another one first.`;
  throw new HarmonyError('ROLE_IN_USE', { detail, facts: { users, apiKeys: keys } });
}
