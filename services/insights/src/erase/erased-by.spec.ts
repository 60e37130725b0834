import { appendLimitBytes } from '@harmony/event-store';
import { derivedId } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import type { Insights } from '../domain/insights.js';
import type { PlannedCell, Run } from '../domain/run.js';
import type { SpendingEntry } from '../domain/spending.js';
import { erasedBy } from './erased-by.js';

const id = (name: string): string => derivedId('erased-by', name);
const nothing = { stageSpending: [], answered: [] };
const usage = { calls: 1, inputTokens: 1, outputTokens: 1, costMicros: 1 };

/** Two hundred runs of two hundred definitions each, all of which cost something. */
function much(): Insights {
  const runs = Array.from({ length: 200 }, (_, at): [string, Run] => {
    const cells = Array.from({ length: 200 }, (_unused, index): [string, PlannedCell] => [
      id(`d${index}`),
      { projectId: id(`p${index % 4}`), definitionId: id(`d${index}`), definitionVersion: 1, settled: null },
    ]);
    const run: Run = {
      ...{ id: id(`r${at}`), kind: 'PIPELINE', revisionId: null, transcriptVersion: 1, extractionVersion: 1 },
      ...{ startedBy: id('s'), eligibility: [], cells: new Map(cells), scores: new Map(), isCompleted: true },
      ...{ frozen: undefined, isForced: false, repeated: new Set(), attributed: new Set(), usage },
    };
    return [run.id, run];
  });
  const spending = Array.from({ length: 5_000 }, (_, index): [string, SpendingEntry] => [
    String(index),
    { projectId: id('p0'), subjectId: id(`d${index}`), hour: '2026-01-01T00:00:00.000Z', usage },
  ]);
  return {
    conversationId: id('c'),
    workspaceId: id('w'),
    latestAt: '2026-01-01T00:00:00.000Z',
    runs: new Map(runs),
    results: new Map(),
    failedRuns: new Set(),
    criteria: [],
    spending: new Map(spending),
  };
}

describe('what is erased', () => {
  it('is said in events that an append takes, however much was asked, and none of it is left out', () => {
    const insights = much();
    const events = erasedBy(insights, id('c'), nothing);
    const largest = Math.max(...events.map((event) => Buffer.byteLength(JSON.stringify(event))));
    expect(largest).toBeLessThan(appendLimitBytes / 2);
    expect(events.flatMap(({ runs }) => runs)).toHaveLength(200);
    expect(new Set(events.flatMap(({ results }) => results.map((one) => JSON.stringify(one)))).size).toBe(40_000);
    expect(events.flatMap(({ spending }) => spending)).toEqual([...insights.spending.values()]);
  });

  it('names a criterion in the event that tells what it cost', () => {
    const empty = { ...much(), runs: new Map() };
    const criteria = [{ runId: id('r'), criterionId: id('d4999') }] as unknown as Insights['criteria'];
    const events = erasedBy({ ...empty, criteria }, id('c'), nothing);
    const costly = events.find(({ spending }) => spending.some(({ subjectId }) => subjectId === id('d4999')));
    expect(costly?.criteria).toEqual([{ runId: id('r'), criterionId: id('d4999') }]);
  });

  it('is one event also where nothing was asked', () => {
    expect(erasedBy(undefined, id('c'), nothing)).toHaveLength(1);
  });
});
