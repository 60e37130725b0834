import type { Condition, Goal, Question, Scorecard } from '@harmony/contracts';
import type { SampleDefinition } from './project.js';
import type { Random } from './random.js';

const simple = (definitionId: string, question: Question, random: Random): Condition => {
  switch (question.type) {
    case 'YES_NO':
      return { test: 'ANSWER_IS', definitionId, answer: random.pick(['YES', 'NO']) };
    case 'SCALE':
      return { test: 'NUMBER', definitionId, of: 'VALUE', operator: 'AT_LEAST', number: question.min + 2 };
    case 'BUYER_ENGAGEMENT':
      return { test: 'NUMBER', definitionId, of: 'VALUE', operator: 'AT_LEAST', number: 6 };
    case 'DISCOUNT':
      return { test: 'DISCOUNT_DISCUSSED', definitionId, discussed: random.chance(0.5) };
    case 'COMPETITORS':
      return { test: 'COMPETITOR_MENTIONED', definitionId, name: random.pick([null, 'Acme']) };
    case 'CHECKLIST':
      return { test: 'ITEM_MET', definitionId, item: random.pick(question.items).key };
    case 'GROUP':
      return { test: 'BUCKET_IN', definitionId, buckets: [random.pick(question.buckets).key] };
    case 'FUNNEL':
      return { test: 'STAGE_REACHED', definitionId, stage: random.pick(question.stages).key };
    default:
      return { test: 'IS_ANSWERED', definitionId };
  }
};

const conditions = (definitions: readonly SampleDefinition[], random: Random): Condition[] =>
  random.some(definitions, random.between(1, 3)).map(({ id, question }) => simple(id, question, random));

/** A goal over some of the definitions, of which there is one at least. */
export const sampleGoal = (definitions: readonly SampleDefinition[], random: Random): Goal => ({
  name: random.pick(['Next step agreed', 'Qualified', 'Ready to buy']),
  match: random.pick(['ALL', 'ANY']),
  conditions: conditions(definitions, random),
});

/** The same for a scorecard. */
export const sampleScorecard = (definitions: readonly SampleDefinition[], random: Random): Scorecard => ({
  name: random.pick(['Discovery', 'Quality of the call']),
  rules: conditions(definitions, random).map((condition, index) => ({
    label: `Rule ${index + 1}`,
    weight: random.between(1, 40) / 4,
    condition,
  })),
});
