import { requirePrincipal, type Principal, type RequestContext } from '@harmony/access';

/** Whoever may change a project sees what became of it, also without the permission to read others. */
export function readerOf(request: RequestContext): Principal {
  const principal = requirePrincipal(request);
  return { ...principal, permissions: new Set(['projects:read:all']) };
}
