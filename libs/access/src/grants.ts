import { HarmonyError, scopes, type Permission } from '@harmony/contracts';
import { widestScope, type Principal } from './principal.js';

/** True when the principal may do this itself, in this scope or a wider one. */
function covers(principal: Principal, permission: Permission): boolean {
  const [resource, action, scope] = permission.split(':') as Parts;
  const granted = widestScope(principal, resource, action);
  return granted !== undefined && scopes.indexOf(granted) >= scopes.indexOf(scope);
}

type Parts = Permission extends `${infer Resource}:${infer Action}:${infer Scope}` ? [Resource, Action, Scope] : never;

/**
 * Nobody can hand out more than they have: not by a role, not by assigning one, not by an API key.
 * @throws HarmonyError FORBIDDEN, naming the first permission that is beyond the principal.
 */
export function requireGrantable(principal: Principal, permissions: readonly Permission[]): void {
  const beyond = permissions.find((permission) => !covers(principal, permission));
  if (beyond === undefined) return;
  throw new HarmonyError('FORBIDDEN', {
    detail: `You cannot grant ${beyond}, since your own role lacks it. Ask an administrator.`,
    facts: { permission: beyond },
  });
}
