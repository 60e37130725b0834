import { addUsage, noUsage } from '@harmony/contracts';
import type { Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  completableRuns,
  countsOf,
  decideAnswer,
  decideCarryOver,
  decideCompletion,
  decideDrop,
  decideFailure,
  decideJudged,
  decideScores,
  decideStart,
} from './decide-run.js';
import {
  answer,
  begun,
  conversationId,
  finding,
  first,
  id,
  inputs,
  Log,
  origin,
  place,
  projectId,
  second,
  silence,
  started,
  usage,
} from '../testing/insights-log.js';

type Settling = (log: Log, runId: string, index: number) => Fact[];

const settlings: readonly Settling[] = [
  ({ state }, runId, index) => decideAnswer(state, place(runId, index), answer(`a${index}`)),
  ({ state }, runId, index) => decideAnswer(state, place(runId, index), answer(`b${index}`, { finding: silence })),
  ({ state }, runId, index) =>
    decideFailure(state, place(runId, index), { identity: null, code: 'X', origin, usage, durationMs: 1 }),
  ({ state }, runId, index) => decideDrop(state, place(runId, index), 'DEFINITION_REMOVED'),
  ({ state }, runId, index) => decideCarryOver(state, place(runId, index), answer(`a${index}`)),
];

describe('a run', () => {
  it('starts once', () => {
    const log = begun(2);
    expect(decideStart(log.state, started(first, 5))).toEqual([]);
    expect(log.state?.runs.get(first)?.cells.size).toBe(2);
  });

  it('settles each cell once, completes once when all are settled, and counts each, whatever the order', () => {
    const step = fc.record({ cell: fc.nat({ max: 5 }), settling: fc.nat({ max: settlings.length - 1 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 40 }), (definitions, steps) => {
        const log = begun(definitions);
        for (const { cell, settling } of steps) {
          log.append(settlings[settling]?.(log, first, cell) ?? []);
          log.append(decideCompletion(log.state, first, new Map()));
          log.append(decideCompletion(log.state, first, new Map()));
        }
        const types = ['InsightRecorded', 'InsightCarriedOver', 'InsightFailed', 'InsightDropped'] as const;
        const settled = types.flatMap((type) => log.of(type).map(({ data }) => data.definitionId));
        expect(new Set(settled).size).toBe(settled.length);
        const completed = log.of('InsightsRunCompleted');
        expect(completed).toHaveLength(settled.length === definitions ? 1 : 0);
        const counts = completed[0]?.data.counts;
        if (counts) expect(counts.answered + counts.notDiscussed + counts.failed + counts.dropped).toBe(definitions);
        const run = log.state?.runs.get(first);
        if (counts && run) expect(countsOf(run)).toEqual(counts);
      }),
    );
  });

  it('says the same in the end, in whichever order its answers come', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 });
    fc.assert(
      fc.property(order, fc.array(fc.nat({ max: 3 }), { minLength: 5, maxLength: 5 }), (indexes, choices) => {
        const inOrder = (all: readonly number[]): unknown => {
          const log = begun(5);
          for (const index of all) log.append(settlings[choices[index] ?? 0]?.(log, first, index) ?? []);
          const run = log.state?.runs.get(first);
          return { cells: [...(run?.cells ?? [])], spending: [...(log.state?.spending ?? [])].sort() };
        };
        expect(inOrder(indexes)).toEqual(inOrder([0, 1, 2, 3, 4]));
      }),
    );
  });

  it('without cells is done as soon as it starts', () => {
    const log = begun(0);
    expect(completableRuns(log.state)).toHaveLength(1);
    log.append(decideCompletion(log.state, first, new Map()));
    expect(completableRuns(log.state)).toEqual([]);
  });

  it('answers no cell that nobody planned', () => {
    expect(decideAnswer(begun(1).state, place(first, 3), answer())).toEqual([]);
    expect(decideAnswer(begun(1).state, place(second, 0), answer())).toEqual([]);
    expect(decideAnswer(undefined, place(first, 0), answer())).toEqual([]);
  });
});

describe('an answer of equal identity', () => {
  it('is used again by a later run, with where it came from', () => {
    const log = begun(1);
    log.append(decideAnswer(log.state, place(first, 0), answer('same')));
    log.append(decideStart(log.state, started(second, 1)));
    log.append(decideCarryOver(log.state, place(second, 0), answer('same')));
    log.append(decideCompletion(log.state, second, new Map()));
    const [recorded] = log.of('InsightRecorded');
    const [carried] = log.of('InsightCarriedOver');
    expect(carried?.data).toMatchObject({ fromRunId: first, resultId: recorded?.data.resultId, finding, inputs });
    expect(log.of('InsightsRunCompleted')[0]?.data.counts).toMatchObject({ answered: 1, carriedOver: 1 });
    expect(log.of('InsightsRunCompleted')).toHaveLength(1);
  });

  it('is no failure: what failed is asked again', () => {
    const log = begun(1);
    const { identity } = answer('same');
    log.append(decideFailure(log.state, place(first, 0), { identity, code: 'X', origin, usage, durationMs: 1 }));
    log.append(decideStart(log.state, started(second, 1)));
    expect(decideCarryOver(log.state, place(second, 0), { identity, inputs })).toEqual([]);
  });
});

describe('scores', () => {
  const goals = [{ goalId: id(50), outcome: 'MET' as const, conditions: ['MET' as const] }];
  const scores = { rulesRevision: 3, goals, scorecards: [] };

  it('come with the end of the run, and again only where they differ', () => {
    const log = begun(1);
    log.append(decideAnswer(log.state, place(first, 0), answer()));
    const facts = decideCompletion(log.state, first, new Map([[projectId, scores]]));
    expect(facts.map(({ type }) => type)).toEqual(['ScoresEvaluated', 'InsightsRunCompleted']);
    log.append(facts);
    expect(decideScores(log.state, { runId: first, projectId }, { ...scores, rulesRevision: 9 })).toEqual([]);
    const changed = decideScores(log.state, { runId: first, projectId }, { ...scores, goals: [] });
    expect(changed).toHaveLength(1);
    expect(log.append(changed).state?.runs.get(first)?.scores.get(projectId)?.goals).toEqual([]);
  });
});

describe('a criterion', () => {
  const judged = (runId: string) => ({
    ...{ conversationId, runId, projectId, criterionId: id(60), criterionVersion: 1 },
    ...{ verdict: 'MET' as const, ...answer('c') },
  });

  it('is judged once a run', () => {
    const log = new Log();
    log.append(decideJudged(log.state, judged(first)));
    expect(decideJudged(log.state, judged(first))).toEqual([]);
    expect(decideJudged(log.state, judged(second))).toHaveLength(1);
    expect(log.state?.criteria).toHaveLength(1);
  });
});

describe('spending', () => {
  it('is the exact sum of what its events say, whatever the hour', () => {
    const amount = fc.record({
      calls: fc.nat(9),
      inputTokens: fc.nat(99),
      outputTokens: fc.nat(99),
      costMicros: fc.nat(99),
    });
    const hour = fc.integer({ min: 0, max: 23 });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, hour), { minLength: 1, maxLength: 20 }), (all) => {
        const log = begun(all.length);
        for (const [index, [spent, at]] of all.entries()) {
          const facts = decideAnswer(log.state, place(first, index), answer(`s${index}`, { usage: spent }));
          log.append(facts, `2026-01-01T${String(at).padStart(2, '0')}:59:59.999Z`);
        }
        const entries = [...(log.state?.spending.values() ?? [])];
        const total = entries.map((entry) => entry.usage).reduce(addUsage, noUsage);
        expect(total).toEqual(all.map(([spent]) => spent).reduce(addUsage, noUsage));
        expect(entries.every((entry) => entry.hour.endsWith(':00:00.000Z'))).toBe(true);
      }),
    );
  });
});
