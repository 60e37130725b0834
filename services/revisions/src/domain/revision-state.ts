import type { RevisionBadge, RevisionOutcome, RevisionStage } from '@harmony/contracts';

/** The two parts of a revision's state (D2). */
export interface RevisionState {
  readonly outcome: RevisionOutcome;
  readonly stage: RevisionStage;
}

/** What people and Harmony do to a revision. */
export type RevisionCommand = 'CANCEL' | 'COMPLETE' | 'RETRY' | 'ATTRIBUTE' | 'PUBLISH' | 'MAKE_LIVE' | 'ROLL_BACK';

const hasResults = ({ outcome }: RevisionState): boolean =>
  outcome === 'COMPLETED' || outcome === 'COMPLETED_WITH_ERRORS';

const hasFailures = ({ outcome }: RevisionState): boolean =>
  outcome === 'COMPLETED_WITH_ERRORS' || outcome === 'FAILED';

const isProcessing = ({ outcome }: RevisionState): boolean => outcome === 'PROCESSING';

const rules: Readonly<Record<RevisionCommand, (state: RevisionState) => boolean>> = {
  CANCEL: isProcessing,
  COMPLETE: isProcessing,
  RETRY: (state) => hasFailures(state) && state.stage === 'DRAFT',
  ATTRIBUTE: hasResults,
  PUBLISH: (state) => hasResults(state) && state.stage === 'DRAFT',
  MAKE_LIVE: ({ stage }) => stage === 'PUBLISHED' || stage === 'SUPERSEDED',
  ROLL_BACK: ({ stage }) => stage === 'LIVE',
};

/** Which commands a state allows (D2); every other one is refused. */
export const allows = (state: RevisionState, command: RevisionCommand): boolean => rules[command](state);

/** What can be done with a row of the Revisions tab (F31). */
export const revisionActions = [
  ...(['REVIEW_CHANGES', 'EXPORT_CHANGES', 'ATTRIBUTE_CHANGES'] as const),
  ...(['PUBLISH', 'MAKE_LIVE', 'ROLL_BACK', 'CANCEL', 'RETRY'] as const),
] as const;
export type RevisionAction = (typeof revisionActions)[number];

/** @param mayExecute without it a revision is read only (F14) */
export function actionsOf(state: RevisionState, mayExecute: boolean): RevisionAction[] {
  const isAllowed: Readonly<Record<RevisionAction, boolean>> = {
    REVIEW_CHANGES: hasResults(state),
    EXPORT_CHANGES: hasResults(state),
    ATTRIBUTE_CHANGES: mayExecute && allows(state, 'ATTRIBUTE'),
    PUBLISH: mayExecute && allows(state, 'PUBLISH'),
    MAKE_LIVE: mayExecute && allows(state, 'MAKE_LIVE'),
    ROLL_BACK: mayExecute && allows(state, 'ROLL_BACK'),
    CANCEL: mayExecute && allows(state, 'CANCEL'),
    RETRY: mayExecute && allows(state, 'RETRY'),
  };
  return revisionActions.filter((action) => isAllowed[action]);
}

/** What a row shows (D2). */
export function badgeOf({ outcome, stage }: RevisionState): RevisionBadge {
  if (stage === 'LIVE') return 'LIVE';
  if (outcome !== 'COMPLETED' && outcome !== 'COMPLETED_WITH_ERRORS') return outcome;
  return stage === 'DRAFT' ? 'DRAFT' : outcome;
}
