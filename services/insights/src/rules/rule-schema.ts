import { parseInput } from '@harmony/api';
import { condition, goal, scorecard, type Condition, type Goal, type Scorecard } from '@harmony/contracts';
import { z } from 'zod';
import { oneOf, tagged, withoutNulls } from '../commands/one-of.js';
import { storable } from '../commands/storable.js';

/** Ids are compared as text; ours are in lower case. */
const withLowerCaseId = <Rule extends Condition>(rule: Rule): Rule => ({
  ...rule,
  definitionId: rule.definitionId.toLowerCase(),
});

const of = (test: Condition['test']) => tagged(condition, 'test', test).transform(withLowerCaseId);

const conditionSchema = oneOf({
  answerIs: of('ANSWER_IS'),
  number: of('NUMBER'),
  bucketIn: of('BUCKET_IN'),
  stageReached: of('STAGE_REACHED'),
  itemMet: of('ITEM_MET'),
  discountDiscussed: of('DISCOUNT_DISCUSSED'),
  competitorMentioned: of('COMPETITOR_MENTIONED'),
  isAnswered: of('IS_ANSWERED'),
});

/** Checked whole by the schema behind it. */
const outside = (value: object): unknown => value;

const goalSchema = z
  .looseObject({ conditions: z.array(conditionSchema).min(1).max(20) })
  .transform(outside)
  .pipe(goal);

const rule = z.looseObject({ condition: conditionSchema });
const scorecardSchema = z
  .looseObject({ rules: z.array(rule).min(1).max(50) })
  .transform(outside)
  .pipe(scorecard);

/** `input` is outside data. @throws HarmonyError INVALID_INPUT that points at each field */
export const parseGoal = (input: unknown): Goal => parseInput(storable(goalSchema), withoutNulls(input));

/** `input` is outside data. @throws HarmonyError INVALID_INPUT that points at each field */
export const parseScorecard = (input: unknown): Scorecard => parseInput(storable(scorecardSchema), withoutNulls(input));
