import type { Principal } from '@harmony/access';
import { HarmonyError, type Permission, type Resource } from '@harmony/contracts';

/** Whoever may change a record sees what became of it, also without the permission to read others of its kind. */
export const readerOf = (principal: Principal, resource: Resource): Principal => ({
  ...principal,
  permissions: new Set<Permission>([`${resource}:read:all`]),
});

/** The one record that a look-up by one id found. @throws HarmonyError NOT_FOUND. */
export function found<Record>([record]: readonly Record[]): Record {
  if (record === undefined) throw new HarmonyError('NOT_FOUND');
  return record;
}
