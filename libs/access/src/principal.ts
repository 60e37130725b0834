import { HarmonyError, type Action, type Actor, type Permission, type Resource, type Scope } from '@harmony/contracts';

/** Who is asking, resolved once a request from a token or an API key. */
export interface Principal {
  readonly kind: 'USER' | 'API_KEY';
  /** Id of the user or of the key. */
  readonly id: string;
  /** The user whose records count as own: the user, or who created the key. */
  readonly userId: string;
  readonly workspaceId: string;
  readonly roleId: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly teamIds: readonly string[];
}

/** Whether both may see and do the same. */
export const haveSameAccess = (one: Principal, other: Principal): boolean => accessOf(one) === accessOf(other);

const accessOf = ({ workspaceId, userId, permissions, teamIds }: Principal): string =>
  JSON.stringify([workspaceId, userId, [...permissions].sort(), [...teamIds].sort()]);

export const actorOf = (principal: Principal): Actor => ({ kind: principal.kind, id: principal.id });

/** The widest scope in which the principal may do this; undefined when not at all. */
export function widestScope(principal: Principal, resource: Resource, action: Action): Scope | undefined {
  return (['all', 'team', 'own'] as const).find((scope) => principal.permissions.has(`${resource}:${action}:${scope}`));
}

/**
 * The one permission check of every command and query.
 * @returns the widest scope that is granted; the caller narrows what it touches to it.
 * @throws HarmonyError FORBIDDEN, naming the permission that is missing.
 */
export function requirePermission(
  principal: Principal,
  resource: Resource,
  action: Action,
  atLeast: Scope = 'own',
): Scope {
  const granted = widestScope(principal, resource, action);
  const order: readonly Scope[] = ['own', 'team', 'all'];
  if (granted && order.indexOf(granted) >= order.indexOf(atLeast)) return granted;
  throw new HarmonyError('FORBIDDEN', {
    detail: `Your role lacks the permission ${resource}:${action}:${atLeast}. Ask an administrator under Settings → Roles.`,
    facts: { permission: `${resource}:${action}:${atLeast}` },
  });
}
