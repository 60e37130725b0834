import { builtInRoles, HarmonyError, isPermission, type ErrorCode, type Permission } from '@harmony/contracts';
import type { User, Workspace } from './workspace.js';

const builtIn = new Map<string, { readonly name: string; readonly permissions: readonly Permission[] }>(
  Object.values(builtInRoles).map((role) => [role.id, role]),
);

export const isBuiltInRole = (roleId: string): boolean => builtIn.has(roleId);

/** What a role allows. @throws HarmonyError UNKNOWN_ROLE. */
export function permissionsOf(workspace: Workspace, roleId: string): readonly Permission[] {
  const role = builtIn.get(roleId) ?? workspace.roles.get(roleId);
  if (!role) throw refusal('UNKNOWN_ROLE', '/roleId');
  return role.permissions.filter(isPermission);
}

/** A user who was not removed. @throws HarmonyError NOT_FOUND. */
export function presentUser(workspace: Workspace, userId: string): User {
  const user = workspace.users.get(userId);
  if (!user || user.removed) throw new HarmonyError('NOT_FOUND');
  return user;
}

export function requireTeams(workspace: Workspace, teamIds: readonly string[]): void {
  teamIds.forEach((teamId, index) => {
    if (!workspace.teams.has(teamId)) throw refusal('UNKNOWN_TEAM', `/teamIds/${index}`);
  });
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Names are compared without case, as people read them. */
export const sameName = (left: string, right: string): boolean => folded(left) === folded(right);

export const builtInRoleNames: readonly string[] = [...builtIn.values()].map(({ name }) => name);

export const refusal = (code: ErrorCode, pointer: string): HarmonyError =>
  new HarmonyError(code, { errors: [{ pointer, detail: new HarmonyError(code).title, code }] });
