import { builtInRoles, HarmonyError, type EventDataOf } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import { permissionsOf, presentUser, refusal, requireTeams, sameName } from './lookups.js';
import type { User, Workspace } from './workspace.js';

export interface NewUser extends EventDataOf<'UserAdded'> {
  readonly customFields: Readonly<Record<string, unknown>>;
}

export type Profile = Pick<User, 'name' | 'timezone' | 'language' | 'customFields'>;

/** @throws HarmonyError EMAIL_TAKEN, UNKNOWN_ROLE, UNKNOWN_TEAM. */
export function addUser(workspace: Workspace, { customFields, ...user }: NewUser): Fact[] {
  if (workspace.users.has(user.userId)) return [];
  const taken = [...workspace.users.values()].some((other) => !other.removed && sameName(other.email, user.email));
  if (taken) throw refusal('EMAIL_TAKEN', '/email');
  permissionsOf(workspace, user.roleId);
  requireTeams(workspace, user.teamIds);
  const { userId, name, timezone, language } = user;
  const added = fact('UserAdded', { ...user, teamIds: [...new Set(user.teamIds)] });
  if (Object.keys(customFields).length === 0) return [added];
  return [added, fact('UserProfileChanged', { userId, name, timezone, language, customFields })];
}

/** @throws HarmonyError NOT_FOUND. */
export function changeProfile(workspace: Workspace, userId: string, change: Partial<Profile>): Fact[] {
  const { name, timezone, language, customFields } = presentUser(workspace, userId);
  const before = { name, timezone, language, customFields };
  const after = { ...before, ...change };
  return same(before, after) ? [] : [fact('UserProfileChanged', { userId, ...after })];
}

/** @throws HarmonyError NOT_FOUND, UNKNOWN_ROLE, LAST_ADMIN. */
export function assignRole(workspace: Workspace, userId: string, roleId: string): Fact[] {
  const user = presentUser(workspace, userId);
  permissionsOf(workspace, roleId);
  if (user.roleId === roleId) return [];
  requireAnotherAdmin(workspace, userId);
  return [fact('UserRoleAssigned', { userId, roleId })];
}

/** @throws HarmonyError NOT_FOUND, UNKNOWN_TEAM. */
export function assignTeams(workspace: Workspace, userId: string, teamIds: readonly string[]): Fact[] {
  const user = presentUser(workspace, userId);
  requireTeams(workspace, teamIds);
  const wanted = [...new Set(teamIds)];
  return same([...user.teamIds].sort(), [...wanted].sort())
    ? []
    : [fact('UserTeamsAssigned', { userId, teamIds: wanted })];
}

/**
 * Removes the user and the API keys that act in their name; conversations stay (P12).
 * @throws HarmonyError NOT_FOUND for one who never was, LAST_ADMIN.
 */
export function removeUser(workspace: Workspace, userId: string): Fact[] {
  const user = workspace.users.get(userId);
  if (!user) throw new HarmonyError('NOT_FOUND');
  if (user.removed) return [];
  requireAnotherAdmin(workspace, userId);
  const keys = [...workspace.apiKeys].filter(([, key]) => key.createdBy === userId);
  return [...keys.map(([apiKeyId]) => fact('ApiKeyDeleted', { apiKeyId })), fact('UserRemoved', { userId })];
}

function requireAnotherAdmin(workspace: Workspace, userId: string): void {
  const admins = [...workspace.users].filter(([, user]) => !user.removed && user.roleId === builtInRoles.admin.id);
  if (admins.length === 1 && admins[0]?.[0] === userId) throw new HarmonyError('LAST_ADMIN');
}

/** For values that came from JSON, with keys in the order in which they were written. */
const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
