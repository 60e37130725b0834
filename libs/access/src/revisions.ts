import { HarmonyError, type FeatureFlag } from '@harmony/contracts';
import type { Directory } from './directory-port.js';
import type { Principal } from './principal.js';

const flag: FeatureFlag = 'reports-rerun-tab';

/** Why nobody of a workspace sees revisions: for people. */
export const revisionsSwitchedOff = `Revisions are switched off for the workspace. Whoever may change feature flags can switch ${flag} on.`;

/** Whether the workspace has revisions at all (F13). */
export const hasRevisions = (directory: Directory, { workspaceId }: Pick<Principal, 'workspaceId'>): Promise<boolean> =>
  directory.isEnabled(workspaceId, flag);

/** @throws HarmonyError FEATURE_DISABLED where it has none */
export async function requireRevisions(directory: Directory, principal: Pick<Principal, 'workspaceId'>): Promise<void> {
  if (await hasRevisions(directory, principal)) return;
  throw new HarmonyError('FEATURE_DISABLED', { detail: revisionsSwitchedOff, facts: { flag } });
}

/**
 * Who may not see a project does not learn that it has a revision: to be passed to `catch` behind a look at the project.
 * @throws HarmonyError UNKNOWN_REVISION for UNKNOWN_PROJECT, and everything else as it is
 */
export function hideRevision(error: unknown): never {
  if (error instanceof HarmonyError && error.code === 'UNKNOWN_PROJECT') throw new HarmonyError('UNKNOWN_REVISION');
  throw error;
}
