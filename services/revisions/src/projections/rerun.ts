import { addUsage, noUsage, type Usage } from '@harmony/contracts';

export const rerunStates = ['PLANNED', 'RUNNING', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED'] as const;
export type RerunState = (typeof rerunStates)[number];

/** How a conversation stands in a revision. */
export interface Rerun {
  readonly attempt: number;
  /** Of this attempt. */
  readonly runId: string;
  readonly state: RerunState;
  /** Why it failed. */
  readonly code?: string;
  /** Over all attempts. */
  readonly usage: Usage;
  /** Unchanged cells that are still to be asked again for the noise floor; absent for none. */
  readonly toRepeat?: number;
  /** Where in the log its first run started, whose answers later ones may carry over; absent where none has. */
  readonly startedAt?: readonly [major: number, minor: number];
}

/** By the id of the revision. */
export type Reruns = Readonly<Record<string, Rerun>>;

/** As it is planned, over what was before. */
export const plannedRerun = (
  before: Rerun | undefined,
  planned: Pick<Rerun, 'attempt' | 'runId'> & { readonly toRepeat: number },
): Rerun => ({
  ...{ attempt: planned.attempt, runId: planned.runId, state: 'PLANNED', usage: before?.usage ?? noUsage },
  ...(planned.toRepeat > 0 && { toRepeat: planned.toRepeat }),
  ...(before?.startedAt && { startedAt: before.startedAt }),
});

/** One cell less is to be asked again. */
export function repeated({ toRepeat = 0, ...rerun }: Rerun): Rerun {
  return toRepeat > 1 ? { ...rerun, toRepeat: toRepeat - 1 } : rerun;
}

/** The rerun with what was spent on it added; as it is where nothing was. */
export const charged = (rerun: Rerun, spent: Usage | undefined): Rerun =>
  spent ? { ...rerun, usage: addUsage(rerun.usage, spent) } : rerun;
