import { HarmonyError } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { revisionInputOf } from './revision-input-of.js';
import type { RevisionFormInput } from './revision.inputs.js';

const now = new Date('2025-06-01T12:00:00.000Z');
const projectId = '3f0c1e52-6a44-4b8e-9d0e-1c2a3b4d5e6f';

const rangeOf = (input: Partial<RevisionFormInput>): string[] => {
  const { from, to } = revisionInputOf({ projectId, ...input }, now);
  return [from, to];
};

const refusalOf = (input: Partial<RevisionFormInput>): unknown => {
  try {
    revisionInputOf({ projectId, ...input }, now);
  } catch (error) {
    if (error instanceof HarmonyError) return [error.code, ...error.errors];
    throw error;
  }
  return 'accepted';
};

describe('the form of a revision', () => {
  it('covers the last 7 days of incomplete conversations where nothing else is said', () => {
    expect(revisionInputOf({ projectId: projectId.toUpperCase(), range: null, statuses: null }, now)).toEqual({
      ...{ projectId, from: '2025-05-25T12:00:00.000Z', to: '2025-06-01T12:00:00.000Z', startStage: 'AUTO' },
      ...{ includeCompleted: false, statuses: [], force: false, noiseSample: 0 },
    });
  });

  it('knows presets of 7, 30 and 90 days', () => {
    expect([
      rangeOf({ range: 'LAST_7_DAYS' }),
      rangeOf({ range: 'LAST_30_DAYS' }),
      rangeOf({ range: 'LAST_90_DAYS' }),
    ]).toEqual([
      ['2025-05-25T12:00:00.000Z', '2025-06-01T12:00:00.000Z'],
      ['2025-05-02T12:00:00.000Z', '2025-06-01T12:00:00.000Z'],
      ['2025-03-03T12:00:00.000Z', '2025-06-01T12:00:00.000Z'],
    ]);
  });

  it('takes a range of 90 days, and refuses one of 91', () => {
    const from = new Date('2025-01-01T00:00:00.000Z');
    expect(rangeOf({ from, to: new Date('2025-04-01T00:00:00.000Z') })).toEqual([
      '2025-01-01T00:00:00.000Z',
      '2025-04-01T00:00:00.000Z',
    ]);
    expect(refusalOf({ from, to: new Date('2025-04-02T00:00:00.000Z') })).toEqual([
      'INVALID_INPUT',
      { pointer: '/to', detail: 'A revision covers at most 90 days.' },
    ]);
  });

  it('ends a range of its own now where no end is given', () => {
    expect(rangeOf({ from: new Date('2025-05-31T00:00:00.000Z') })[1]).toBe(now.toISOString());
  });

  it('refuses a range without a start, one that ends before it starts, and one that is given twice', () => {
    const day = new Date('2025-05-01T00:00:00.000Z');
    const pointers = [
      refusalOf({ to: day }),
      refusalOf({ from: day, to: day }),
      refusalOf({ from: day, range: 'LAST_7_DAYS' }),
    ];
    expect(pointers).toEqual([
      ['INVALID_INPUT', expect.objectContaining({ pointer: '/from' })],
      ['INVALID_INPUT', expect.objectContaining({ pointer: '/to' })],
      ['INVALID_INPUT', expect.objectContaining({ pointer: '/range' })],
    ]);
  });

  it('names the field that is wrong', () => {
    expect(refusalOf({ projectId: 'x' })).toEqual([
      'INVALID_INPUT',
      expect.objectContaining({ pointer: '/projectId' }),
    ]);
    expect(refusalOf({ noiseSample: 201 })).toEqual([
      'INVALID_INPUT',
      expect.objectContaining({ pointer: '/noiseSample' }),
    ]);
  });
});
