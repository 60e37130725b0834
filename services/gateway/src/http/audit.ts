import { requestContextOf } from '@harmony/access';
import type { ErrorCode } from '@harmony/contracts';

/** That somebody asked for what they may not have: who, and with what answer; never for what in words. */
export interface Refusal {
  readonly code: ErrorCode;
  /** The user or key; absent for somebody who did not sign in. */
  readonly actorId?: string;
  readonly workspaceId?: string;
}

export type Audit = (refusal: Refusal) => void;

const audited: ReadonlySet<ErrorCode> = new Set([
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'INVALID_CREDENTIALS',
  'FORBIDDEN',
  'NOT_FOUND',
]);

/** Writes the audit line of an error that refuses access; other errors leave none. */
export function auditRefusal(audit: Audit, code: ErrorCode, request: object | undefined): void {
  if (!audited.has(code)) return;
  const principal = request && principalIn(request);
  audit({ code, ...(principal && { actorId: principal.id, workspaceId: principal.workspaceId }) });
}

/** A request that was refused before it was authenticated has no context. */
function principalIn(request: object): { readonly id: string; readonly workspaceId: string } | undefined {
  try {
    return requestContextOf(request).principal;
  } catch {
    return undefined;
  }
}
