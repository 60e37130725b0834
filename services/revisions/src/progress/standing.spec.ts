import { describe, expect, it } from '@jest/globals';
import { countsOf, endOf, nextLook, type Standing } from './standing.js';

const usage = { calls: 3, inputTokens: 2, outputTokens: 1, costMicros: 9 };
const none = { PLANNED: 0, RUNNING: 0, COMPLETED: 0, COMPLETED_WITH_ERRORS: 0, FAILED: 0 };
const standing = (conversations: Partial<Standing['conversations']>, more: Partial<Standing> = {}): Standing => ({
  ...{ workspaceId: 'w', attempt: 2, outcome: 'PROCESSING', planned: 10, isPlanned: true, planFailure: null },
  ...{ isScopeKnown: true, conversations: { ...none, ...conversations } },
  ...{ settledNow: 0, usage, endedAgoMs: null, ...more },
});

describe('the end of a revision', () => {
  it.each([
    ['COMPLETED', { COMPLETED: 10 }],
    ['COMPLETED_WITH_ERRORS', { COMPLETED: 9, FAILED: 1 }],
    ['COMPLETED_WITH_ERRORS', { COMPLETED: 9, COMPLETED_WITH_ERRORS: 1 }],
    ['COMPLETED_WITH_ERRORS', { COMPLETED_WITH_ERRORS: 10 }],
    ['FAILED', { FAILED: 10 }],
  ] as const)('is %s for %j', (outcome, conversations) => {
    expect(endOf(standing(conversations))).toMatchObject({ outcome, attempt: 2, usage, counts: { planned: 10 } });
  });

  it('has no conversations where none was in the scope, or none is left', () => {
    expect(endOf(standing({}, { planned: 0 }))?.outcome).toBe('NO_CONVERSATIONS');
    expect(endOf(standing({}))).toMatchObject({ outcome: 'NO_CONVERSATIONS', counts: { planned: 10, skipped: 10 } });
  });

  it('is a failure where it could not be planned, once what was begun has ended', () => {
    const failed = { isPlanned: false, isScopeKnown: false, planFailure: 'INTERNAL' };
    expect(endOf(standing({ COMPLETED: 3, RUNNING: 1 }, failed))).toBeUndefined();
    expect(endOf(standing({ COMPLETED: 4 }, failed))?.outcome).toBe('FAILED');
  });

  it('is what it was where only a try of what failed could not be planned', () => {
    const failed = { isPlanned: false, planFailure: 'INTERNAL' };
    expect(endOf(standing({ COMPLETED: 9, FAILED: 1 }, failed))?.outcome).toBe('COMPLETED_WITH_ERRORS');
    expect(endOf(standing({ FAILED: 10 }, failed))?.outcome).toBe('FAILED');
  });

  it('is not there while anything is to come, or somebody has cancelled it', () => {
    expect(endOf(standing({ COMPLETED: 10 }, { isPlanned: false }))).toBeUndefined();
    expect(endOf(standing({ COMPLETED: 9, PLANNED: 1 }))).toBeUndefined();
    expect(endOf(standing({ COMPLETED: 9, RUNNING: 1 }))).toBeUndefined();
    expect(endOf(standing({ COMPLETED: 10 }, { outcome: 'CANCELLED' }))).toBeUndefined();
  });
});

describe('the counts of a revision', () => {
  it('skip what was deleted, and what had not ended when it was cancelled', () => {
    const conversations = { COMPLETED: 4, COMPLETED_WITH_ERRORS: 1, FAILED: 1, PLANNED: 2, RUNNING: 1 };
    expect(countsOf(standing(conversations))).toEqual({
      ...{ planned: 10, completed: 4, completedWithErrors: 1, failed: 1, skipped: 1 },
    });
    expect(countsOf(standing(conversations, { outcome: 'CANCELLED' })).skipped).toBe(4);
  });

  it('are awaited a while behind a cancellation, as long as something may still end', () => {
    const cancelled = (endedAgoMs: number) => ({ outcome: 'CANCELLED', endedAgoMs }) as const;
    expect(nextLook(standing({ RUNNING: 1 }, cancelled(500)))).toBe('SOON');
    expect(nextLook(standing({ RUNNING: 1 }, cancelled(61_000)))).toBe('LATER');
    // As where an extraction is under way, whose run begins behind it
    expect(nextLook(standing({ PLANNED: 5 }, cancelled(500)))).toBe('LATER');
    expect(nextLook(standing({ PLANNED: 5 }, cancelled(31 * 60_000)))).toBe('LATER');
    expect(nextLook(standing({ PLANNED: 5, RUNNING: 1 }, cancelled(33 * 60_000)))).toBe('NEVER');
    expect(nextLook(standing({ COMPLETED: 5, FAILED: 1 }, cancelled(500)))).toBe('NEVER');
    expect(nextLook(standing({ RUNNING: 1 }))).toBe('SOON');
  });
});
