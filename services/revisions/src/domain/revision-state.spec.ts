import { describe, expect, it } from '@jest/globals';
import { revisionOutcomes, revisionStages } from '@harmony/contracts';
import { actionsOf, badgeOf } from './revision-state.js';

describe('the badge of a revision', () => {
  it('is computed from outcome and stage alone', () => {
    const badges = revisionOutcomes.flatMap((outcome) =>
      revisionStages.map((stage) => `${outcome} ${stage}: ${badgeOf({ outcome, stage })}`),
    );
    expect(badges.filter((badge) => !badge.includes(' LIVE:'))).toEqual([
      ...['PROCESSING DRAFT: PROCESSING', 'PROCESSING PUBLISHED: PROCESSING', 'PROCESSING SUPERSEDED: PROCESSING'],
      ...['COMPLETED DRAFT: DRAFT', 'COMPLETED PUBLISHED: COMPLETED', 'COMPLETED SUPERSEDED: COMPLETED'],
      ...['COMPLETED_WITH_ERRORS DRAFT: DRAFT', 'COMPLETED_WITH_ERRORS PUBLISHED: COMPLETED_WITH_ERRORS'],
      'COMPLETED_WITH_ERRORS SUPERSEDED: COMPLETED_WITH_ERRORS',
      ...['FAILED DRAFT: FAILED', 'FAILED PUBLISHED: FAILED', 'FAILED SUPERSEDED: FAILED'],
      ...['NO_CONVERSATIONS DRAFT: NO_CONVERSATIONS', 'NO_CONVERSATIONS PUBLISHED: NO_CONVERSATIONS'],
      'NO_CONVERSATIONS SUPERSEDED: NO_CONVERSATIONS',
      ...['CANCELLED DRAFT: CANCELLED', 'CANCELLED PUBLISHED: CANCELLED', 'CANCELLED SUPERSEDED: CANCELLED'],
    ]);
    expect(badges.filter((badge) => badge.includes(' LIVE:')).every((badge) => badge.endsWith(': LIVE'))).toBe(true);
  });
});

describe('the actions of a row', () => {
  it('depend on its state', () => {
    const review = ['REVIEW_CHANGES', 'EXPORT_CHANGES', 'ATTRIBUTE_CHANGES'];
    expect(actionsOf({ outcome: 'PROCESSING', stage: 'DRAFT' }, true)).toEqual(['CANCEL']);
    expect(actionsOf({ outcome: 'COMPLETED', stage: 'DRAFT' }, true)).toEqual([...review, 'PUBLISH']);
    expect(actionsOf({ outcome: 'COMPLETED_WITH_ERRORS', stage: 'DRAFT' }, true)).toEqual([
      ...review,
      'PUBLISH',
      'RETRY',
    ]);
    expect(actionsOf({ outcome: 'FAILED', stage: 'DRAFT' }, true)).toEqual(['RETRY']);
    expect(actionsOf({ outcome: 'COMPLETED', stage: 'PUBLISHED' }, true)).toEqual([...review, 'MAKE_LIVE']);
    expect(actionsOf({ outcome: 'COMPLETED', stage: 'LIVE' }, true)).toEqual([...review, 'ROLL_BACK']);
    expect(actionsOf({ outcome: 'COMPLETED', stage: 'SUPERSEDED' }, true)).toEqual([...review, 'MAKE_LIVE']);
    expect(actionsOf({ outcome: 'CANCELLED', stage: 'DRAFT' }, true)).toEqual([]);
  });

  it('are reading only without the permission', () => {
    expect(actionsOf({ outcome: 'COMPLETED', stage: 'PUBLISHED' }, false)).toEqual([
      'REVIEW_CHANGES',
      'EXPORT_CHANGES',
    ]);
    expect(actionsOf({ outcome: 'PROCESSING', stage: 'DRAFT' }, false)).toEqual([]);
  });
});
