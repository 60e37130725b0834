import { HarmonyError, type Condition } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import { parseGoal, parseScorecard } from './rule-schema.js';

const definitionId = newId();
const goalOf = (...conditions: unknown[]) => ({ name: 'Goal', conditions });
const scorecardOf = (...rules: unknown[]) => ({ name: 'Score', rules });
const isAnswered = { isAnswered: { definitionId } };
const repeated = (count: number, value: unknown): unknown[] => Array.from({ length: count }, () => value);

const conditions: Readonly<Record<string, [input: unknown, condition: Condition]>> = {
  'an answer': [{ answerIs: { definitionId, answer: 'NO' } }, { test: 'ANSWER_IS', definitionId, answer: 'NO' }],
  'a number, of the value unless told': [
    { number: { definitionId: definitionId.toUpperCase(), of: null, operator: 'AT_LEAST', number: 7 } },
    { test: 'NUMBER', definitionId, of: 'VALUE', operator: 'AT_LEAST', number: 7 },
  ],
  buckets: [{ bucketIn: { definitionId, buckets: ['a'] } }, { test: 'BUCKET_IN', definitionId, buckets: ['a'] }],
  'a stage': [{ stageReached: { definitionId, stage: 'won' } }, { test: 'STAGE_REACHED', definitionId, stage: 'won' }],
  'an item': [{ itemMet: { definitionId, item: 'intro' } }, { test: 'ITEM_MET', definitionId, item: 'intro' }],
  'a discount': [
    { discountDiscussed: { definitionId } },
    { test: 'DISCOUNT_DISCUSSED', definitionId, discussed: true },
  ],
  'any competitor': [
    { competitorMentioned: { definitionId, name: null } },
    { test: 'COMPETITOR_MENTIONED', definitionId, name: null },
  ],
  'any answer': [isAnswered, { test: 'IS_ANSWERED', definitionId }],
};

const refusalOf = (work: () => unknown): string[] => {
  try {
    work();
    return ['accepted'];
  } catch (error) {
    if (!(error instanceof HarmonyError)) throw error;
    return [error.code, ...error.errors.map(({ pointer }) => pointer)];
  }
};

describe('a rule', () => {
  it.each(Object.entries(conditions))('may ask for %s', (_, [input, condition]) => {
    expect(parseGoal(goalOf(input))).toEqual({ name: 'Goal', match: 'ALL', conditions: [condition] });
    const rule = { label: 'Rule', weight: 1.5 };
    expect(parseScorecard(scorecardOf({ ...rule, condition: input }))).toEqual({
      name: 'Score',
      rules: [{ ...rule, condition }],
    });
  });

  it.each<[string, object, string]>([
    ['no condition', goalOf(), '/conditions'],
    ['21 conditions', goalOf(...repeated(21, isAnswered)), '/conditions'],
    ['a condition of no kind', goalOf({}), '/conditions/0'],
    ['a condition of two kinds', goalOf({ ...isAnswered, itemMet: { definitionId, item: 'i' } }), '/conditions/0'],
    ['an id that is none', goalOf({ isAnswered: { definitionId: 'x' } }), '/conditions/0/isAnswered/definitionId'],
    ['no buckets', goalOf({ bucketIn: { definitionId, buckets: [] } }), '/conditions/0/bucketIn/buckets'],
    ['no name', { ...goalOf(isAnswered), name: ' ' }, '/name'],
    ['an unknown match', { ...goalOf(isAnswered), match: 'SOME' }, '/match'],
  ])('is refused in a goal for %s, by the field', (_, input, pointer) => {
    expect(refusalOf(() => parseGoal(input))).toEqual(['INVALID_INPUT', pointer]);
  });

  it.each<[string, object, string]>([
    ['no rule', scorecardOf(), '/rules'],
    ['51 rules', scorecardOf(...repeated(51, { label: 'L', weight: 1, condition: isAnswered })), '/rules'],
    ['a weight of nothing', scorecardOf({ label: 'L', weight: 0, condition: isAnswered }), '/rules/0/weight'],
    ['a weight above 1,000', scorecardOf({ label: 'L', weight: 1_001, condition: isAnswered }), '/rules/0/weight'],
    ['no label', scorecardOf({ label: '', weight: 1, condition: isAnswered }), '/rules/0/label'],
    ['no condition', scorecardOf({ label: 'L', weight: 1 }), '/rules/0/condition'],
  ])('is refused in a scorecard for %s, by the field', (_, input, pointer) => {
    expect(refusalOf(() => parseScorecard(input))).toEqual(['INVALID_INPUT', pointer]);
  });
});
