import { builtInRoles } from '@harmony/contracts';
import { fact, newId, type Fact } from '@harmony/kernel';

export const roleIds = {
  admin: builtInRoles.admin.id,
  teamManager: builtInRoles.teamManager.id,
  user: builtInRoles.user.id,
};

/** A user of a test. */
export const userAdded = (
  userId: string,
  email: string,
  roleId: string = roleIds.admin,
  teamIds: string[] = [],
): Fact => fact('UserAdded', { userId, email, name: email, roleId, teamIds, timezone: 'UTC', language: 'en' });

/** An API key of a test, without its secret. */
export const keyCreated = (
  apiKeyId: string,
  createdBy: string,
  more: { roleId?: string; expiresAt?: string } = {},
): Fact =>
  fact('ApiKeyCreated', {
    apiKeyId,
    name: 'Key',
    lastFour: '0000',
    roleId: more.roleId ?? null,
    createdBy,
    expiresAt: more.expiresAt ?? null,
  });

/** A clock that a test moves. */
export function heldClock(start = new Date()): { now: () => Date; advance: (milliseconds: number) => void } {
  let now = start.getTime();
  return { now: () => new Date(now), advance: (milliseconds) => void (now += milliseconds) };
}

export const someIds = (count: number): string[] => Array.from({ length: count }, newId);
