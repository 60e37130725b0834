import type { Answer, Condition, Question, RuleOutcome, Scorecard } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { conditionProblem } from './condition-problem.js';
import { evaluateCondition, type RuleResult } from './evaluate-condition.js';
import { evaluateGoal, evaluateScorecard } from './evaluate-rules.js';

const definitionId = '8e2d3c4b-5f60-4b7c-9d8e-0f1a2b3c4d5e';
const stages = ['first', 'demo', 'signed'].map((key) => ({ key, name: key, description: '' }));
const answered = (answer: Answer, question: Question = { type: 'DISCOUNT' }): RuleResult => ({
  outcome: 'ANSWERED',
  answer,
  question,
});
const evaluated = (condition: Condition, result: RuleResult | undefined): RuleOutcome =>
  evaluateCondition(condition, new Map(result ? [[definitionId, result]] : []));

const yes: Condition = { test: 'ANSWER_IS', definitionId, answer: 'YES' };
const number = (
  of: 'VALUE' | 'RATE' | 'AMOUNT' | 'ITEMS_MET',
  operator: 'AT_LEAST' | 'AT_MOST' | 'EQUALS',
  value: number,
) => ({ test: 'NUMBER', definitionId, of, operator, number: value }) as const;
const discount = (rate: number | null): Answer => ({ type: 'DISCOUNT', discussed: true, rate, amount: null });
const checklist: Answer = {
  type: 'CHECKLIST',
  items: [
    { key: 'a', outcome: 'MET', rationale: '' },
    { key: 'b', outcome: 'NOT_MET', rationale: '' },
    { key: 'c', outcome: 'NOT_DISCUSSED', rationale: '' },
  ],
};

describe('a condition', () => {
  it.each<[string, Condition, RuleResult | undefined, RuleOutcome]>([
    ['yes is yes', yes, answered({ type: 'YES_NO', answer: 'YES' }), 'MET'],
    ['no is not yes', yes, answered({ type: 'YES_NO', answer: 'NO' }), 'NOT_MET'],
    ['nobody spoke of it', yes, { outcome: 'NOT_DISCUSSED' }, 'UNKNOWN'],
    ['the result failed', yes, { outcome: 'FAILED' }, 'UNKNOWN'],
    ['there is no result', yes, undefined, 'UNKNOWN'],
    ['the result is of another type', yes, answered({ type: 'SCALE', value: 3 }), 'UNKNOWN'],
    ['a scale at its bound', number('VALUE', 'AT_LEAST', 3), answered({ type: 'SCALE', value: 3 }), 'MET'],
    [
      'a score above the most',
      number('VALUE', 'AT_MOST', 3),
      answered({ type: 'BUYER_ENGAGEMENT', score: 4, band: 'LIMITED' }),
      'NOT_MET',
    ],
    ['a rate', number('RATE', 'EQUALS', 10), answered(discount(10)), 'MET'],
    ['a discount without a rate', number('RATE', 'EQUALS', 10), answered(discount(null)), 'UNKNOWN'],
    ['items that are met', number('ITEMS_MET', 'AT_LEAST', 2), answered(checklist), 'NOT_MET'],
    [
      'a bucket',
      { test: 'BUCKET_IN', definitionId, buckets: ['x', 'y'] },
      answered({ type: 'GROUP', bucket: 'y' }),
      'MET',
    ],
    [
      'a stage behind',
      { test: 'STAGE_REACHED', definitionId, stage: 'demo' },
      answered({ type: 'FUNNEL', stage: 'signed' }, { type: 'FUNNEL', stages }),
      'MET',
    ],
    [
      'a stage before',
      { test: 'STAGE_REACHED', definitionId, stage: 'demo' },
      answered({ type: 'FUNNEL', stage: 'first' }, { type: 'FUNNEL', stages }),
      'NOT_MET',
    ],
    ['an item', { test: 'ITEM_MET', definitionId, item: 'a' }, answered(checklist), 'MET'],
    ['an item that nobody spoke of', { test: 'ITEM_MET', definitionId, item: 'c' }, answered(checklist), 'NOT_MET'],
    ['an item that is not there', { test: 'ITEM_MET', definitionId, item: 'z' }, answered(checklist), 'UNKNOWN'],
    [
      'no discount wanted, none discussed',
      { test: 'DISCOUNT_DISCUSSED', definitionId, discussed: false },
      { outcome: 'NOT_DISCUSSED' },
      'MET',
    ],
    [
      'any competitor',
      { test: 'COMPETITOR_MENTIONED', definitionId, name: null },
      { outcome: 'NOT_DISCUSSED' },
      'NOT_MET',
    ],
    [
      'this competitor',
      { test: 'COMPETITOR_MENTIONED', definitionId, name: 'acme' },
      answered({
        type: 'COMPETITORS',
        mentions: [{ name: 'Acme', stance: 'NEUTRAL', positioning: null, advantages: [] }],
      }),
      'MET',
    ],
    ['an answer at all', { test: 'IS_ANSWERED', definitionId }, { outcome: 'NOT_DISCUSSED' }, 'NOT_MET'],
  ])('where %s', (_case, condition, result, outcome) => expect(evaluated(condition, result)).toBe(outcome));

  it('fits the definition that it is asked of', () => {
    expect(conditionProblem(yes, { type: 'YES_NO', question: 'Was it?' })).toBeUndefined();
    expect(conditionProblem(yes, { type: 'SUMMARY' })).toContain('YES_NO');
    expect(
      conditionProblem({ test: 'STAGE_REACHED', definitionId, stage: 'gone' }, { type: 'FUNNEL', stages }),
    ).toContain('gone');
    expect(conditionProblem({ test: 'IS_ANSWERED', definitionId }, { type: 'SUMMARY' })).toBeUndefined();
  });
});

const one = (id: number): string => `8e2d3c4b-5f60-4b7c-9d8e-${String(id).padStart(12, '0')}`;
const outcomes = fc.array(fc.constantFrom<RuleOutcome>('MET', 'NOT_MET', 'UNKNOWN'), { minLength: 1, maxLength: 8 });
const conditionsOf = (count: number): Condition[] =>
  Array.from({ length: count }, (_, index) => ({ test: 'ANSWER_IS', definitionId: one(index), answer: 'YES' }));
const resultsOf = (wanted: readonly RuleOutcome[]): Map<string, RuleResult> =>
  new Map(
    wanted.map((outcome, index): [string, RuleResult] => [
      one(index),
      outcome === 'UNKNOWN'
        ? { outcome: 'FAILED' }
        : answered({ type: 'YES_NO', answer: outcome === 'MET' ? 'YES' : 'NO' }),
    ]),
  );

describe('a goal', () => {
  it('needs all of its conditions, or any, and says when it cannot tell', () => {
    fc.assert(
      fc.property(outcomes, (wanted) => {
        const goal = { name: 'Goal', conditions: conditionsOf(wanted.length) };
        const all = evaluateGoal({ ...goal, match: 'ALL' }, resultsOf(wanted));
        const any = evaluateGoal({ ...goal, match: 'ANY' }, resultsOf(wanted));
        expect(all.conditions).toEqual(wanted);
        expect(all.outcome === 'MET').toBe(wanted.every((outcome) => outcome === 'MET'));
        expect(all.outcome === 'NOT_MET').toBe(wanted.includes('NOT_MET'));
        expect(any.outcome === 'MET').toBe(wanted.includes('MET'));
        expect(any.outcome === 'NOT_MET').toBe(wanted.every((outcome) => outcome === 'NOT_MET'));
      }),
    );
  });
});

describe('a scorecard', () => {
  const weighted = outcomes.chain((wanted) =>
    fc.tuple(
      fc.constant(wanted),
      fc.array(fc.integer({ min: 1, max: 100 }), { minLength: wanted.length, maxLength: wanted.length }),
    ),
  );
  const card = (weights: readonly number[]): Scorecard => ({
    name: 'Card',
    rules: conditionsOf(weights.length).map((condition, index) => ({
      label: 'Rule',
      weight: weights[index] ?? 1,
      condition,
    })),
  });

  it('weighs what holds against what could be decided, and its points add up', () => {
    const { score, rules } = evaluateScorecard(card([3, 1, 6]), resultsOf(['MET', 'NOT_MET', 'UNKNOWN']));
    expect(score).toBe(75);
    expect(rules.map(({ points, possible }) => [points, possible])).toEqual([
      [75, 75],
      [0, 25],
      [0, 0],
    ]);
  });

  it('gives 0 to 100, more for more, and nothing where nothing could be decided', () => {
    fc.assert(
      fc.property(weighted, ([wanted, weights]) => {
        const { score, rules } = evaluateScorecard(card(weights), resultsOf(wanted));
        const decided = wanted.filter((outcome) => outcome !== 'UNKNOWN');
        expect(score === null).toBe(decided.length === 0);
        if (score === null) return;
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        expect(rules.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score);
        const better = evaluateScorecard(
          card(weights),
          resultsOf(wanted.map((one) => (one === 'NOT_MET' ? 'MET' : one))),
        );
        expect(better.score).toBeGreaterThanOrEqual(score);
      }),
    );
  });
});
