import {
  hasRevisions,
  requirePermission,
  requireRevisions,
  revisionsSwitchedOff,
  widestScope,
  type Directory,
  type Principal,
} from '@harmony/access';
import { DIRECTORY } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';

/** Whether something can be done, and why not: a sentence for people. */
export interface Availability {
  readonly isEnabled: boolean;
  readonly disabledReason: string | null;
}

const enabled: Availability = { isEnabled: true, disabledReason: null };
const disabled = (disabledReason: string): Availability => ({ isEnabled: false, disabledReason });

const notAllowed =
  'Your role lacks the permission pipeline-rerun:execute:all. Ask an administrator under Settings → Roles.';

export const mayExecute = (principal: Principal): boolean =>
  widestScope(principal, 'pipeline-rerun', 'execute') === 'all';

/** Who sees revisions at all (F13), and who may do more than look at them (F14). */
@Injectable()
export class RevisionAccess {
  constructor(@Inject(DIRECTORY) private readonly directory: Directory) {}

  async tab(principal: Principal): Promise<Availability> {
    return (await hasRevisions(this.directory, principal)) ? enabled : disabled(revisionsSwitchedOff);
  }

  async newRevision(principal: Principal): Promise<Availability> {
    const tab = await this.tab(principal);
    return tab.isEnabled && !mayExecute(principal) ? disabled(notAllowed) : tab;
  }

  /** @throws HarmonyError FEATURE_DISABLED */
  requireTab(principal: Principal): Promise<void> {
    return requireRevisions(this.directory, principal);
  }

  /** @throws HarmonyError FORBIDDEN, FEATURE_DISABLED */
  async requireExecution(principal: Principal): Promise<void> {
    requirePermission(principal, 'pipeline-rerun', 'execute', 'all');
    await this.requireTab(principal);
  }
}
