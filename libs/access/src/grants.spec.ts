import { actions, builtInRoles, isPermission, resources, scopes, type Permission } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requireGrantable } from './grants.js';
import { requirePermission, type Principal } from './principal.js';

const holding = (permissions: readonly Permission[]): Principal => ({
  kind: 'USER',
  id: 'u',
  userId: 'u',
  workspaceId: 'w',
  roleId: 'r',
  permissions: new Set(permissions),
  teamIds: [],
});

const permission = fc
  .tuple(fc.constantFrom(...resources.slice(0, 3)), fc.constantFrom(...actions.slice(0, 2)), fc.constantFrom(...scopes))
  .map((parts) => parts.join(':') as Permission);

const may = (work: () => unknown): boolean => {
  try {
    work();
    return true;
  } catch {
    return false;
  }
};

describe('requirePermission', () => {
  it('lets a wider scope stand for a narrower one and never the other way round', () => {
    const [all, team, own] = (['all', 'team', 'own'] as const).map((scope) => holding([`users:update:${scope}`]));
    const answers = [own, team, all].map((who) =>
      scopes.map((scope) => may(() => requirePermission(who as Principal, 'users', 'update', scope))),
    );
    expect(answers).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
  });

  it('names the permission that is missing', () => {
    expect(() => requirePermission(holding([]), 'roles', 'create', 'all')).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN', facts: { permission: 'roles:create:all' } }),
    );
  });
});

describe('requireGrantable', () => {
  it('lets an administrator grant everything and a user no more than they have', () => {
    const admin = holding(builtInRoles.admin.permissions);
    const user = holding(builtInRoles.user.permissions);
    expect(may(() => requireGrantable(admin, builtInRoles.teamManager.permissions))).toBe(true);
    expect(may(() => requireGrantable(user, builtInRoles.user.permissions))).toBe(true);
    expect(may(() => requireGrantable(user, builtInRoles.teamManager.permissions))).toBe(false);
  });

  it('lets nobody widen their own scope by granting', () => {
    const holder = holding(['users:update:team']);
    const answers = scopes.map((scope) => may(() => requireGrantable(holder, [`users:update:${scope}`])));
    expect(answers).toEqual([true, true, false]);
  });

  it('never lets what was granted reach further than who granted it', () => {
    fc.assert(
      fc.property(fc.array(permission), fc.array(permission, { maxLength: 2 }), permission, (held, granted, wanted) => {
        if (!may(() => requireGrantable(holding(held), granted))) return;
        const [resource, action, scope] = wanted.split(':') as ['users', 'read', 'own'];
        const receiver = may(() => requirePermission(holding(granted), resource, action, scope));
        if (receiver) expect(may(() => requirePermission(holding(held), resource, action, scope))).toBe(true);
      }),
    );
  });
});

describe('isPermission', () => {
  it.each(['', 'users', 'users:read', 'users:read:all:x', 'users:fly:all', 'Users:read:all', 'users:read:everyone'])(
    'refuses "%s"',
    (text) => expect(isPermission(text)).toBe(false),
  );
});
