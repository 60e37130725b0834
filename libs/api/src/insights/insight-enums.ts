import {
  checklistOutcomes,
  competitorStances,
  engagementBands,
  fieldOperators,
  insightTypes,
  resultOutcomes,
  ruleOutcomes,
  runKinds,
  spinQuadrants,
  tagMatches,
} from '@harmony/contracts';
import { registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../enum-of.js';

export const InsightTypeEnum = enumOf(insightTypes);
export const YesNoEnum = enumOf(['YES', 'NO']);
export const ResultOutcomeEnum = enumOf(resultOutcomes);
export const ChecklistOutcomeEnum = enumOf(checklistOutcomes);
export const CompetitorStanceEnum = enumOf(competitorStances);
export const EngagementBandEnum = enumOf(engagementBands);
export const SpinQuadrantEnum = enumOf(spinQuadrants);
export const RuleOutcomeEnum = enumOf(ruleOutcomes);
export const RunKindEnum = enumOf(runKinds);
export const GoalMatchEnum = enumOf(['ALL', 'ANY']);
export const TagMatchEnum = enumOf(tagMatches);
export const FieldOperatorEnum = enumOf(fieldOperators);

registerEnumType(InsightTypeEnum, {
  name: 'InsightType',
  description: 'What kind of question a definition asks.',
  valuesMap: {
    OPEN_QUESTION: { description: 'A question in free words, answered in a sentence or list.' },
    YES_NO: { description: 'A question with yes or no.' },
    SCALE: { description: 'A number between two ends.' },
    CHECKLIST: { description: 'Items that were met or not.' },
    GROUP: { description: 'One of several buckets.' },
    FUNNEL: { description: 'How far it came along stages.' },
    MARKDOWN: { description: 'A text of its own, as the prompt wants it.' },
    SUMMARY: { description: 'What it was about.' },
    DISCOUNT: { description: 'Which reduction was offered or asked for.' },
    COMPETITORS: { description: 'Which competitors were named, and how they stand.' },
    BUYER_ENGAGEMENT: { description: 'How much the customer takes part, 0 to 10.' },
    SPIN_DISTRIBUTION: { description: 'How the questions of the seller spread over the SPIN quadrants.' },
    SPIN_IMPROVEMENT: { description: 'What the seller could ask better, by SPIN.' },
  },
});
registerEnumType(YesNoEnum, {
  name: 'YesNo',
  description: 'An answer of two.',
  valuesMap: { YES: { description: 'Yes.' }, NO: { description: 'No.' } },
});
registerEnumType(ResultOutcomeEnum, {
  name: 'ResultOutcome',
  description: 'What became of a definition in one conversation.',
  valuesMap: {
    PENDING: { description: 'It is being answered, or waits for the budget.' },
    ANSWERED: { description: 'There is an answer.' },
    NOT_DISCUSSED: { description: 'Nobody spoke of it; this is not a no.' },
    FAILED: { description: 'It could not be answered; the code says why.' },
    DROPPED: { description: 'The definition or its project was removed before its turn came.' },
  },
});
registerEnumType(ChecklistOutcomeEnum, {
  name: 'ChecklistOutcome',
  description: 'Whether an item was found; that nobody spoke of it is not the same as that it was not met.',
  valuesMap: {
    MET: { description: 'It was done or said.' },
    NOT_MET: { description: 'It was spoken of, and not done.' },
    NOT_DISCUSSED: { description: 'Nobody spoke of it.' },
  },
});
registerEnumType(CompetitorStanceEnum, {
  name: 'CompetitorStance',
  description: 'How a competitor stands with the customer.',
  valuesMap: {
    CURRENT: { description: 'The customer uses it now.' },
    CONSIDERED: { description: 'The customer looks at it too.' },
    DISMISSED: { description: 'The customer has turned it down.' },
    NEUTRAL: { description: 'It was named, no more.' },
  },
});
registerEnumType(EngagementBandEnum, {
  name: 'EngagementBand',
  description: 'What a score means.',
  valuesMap: {
    STRONG: { description: '8 to 10.' },
    MODERATE: { description: '6 and 7.' },
    LIMITED: { description: '0 to 5.' },
  },
});
registerEnumType(SpinQuadrantEnum, {
  name: 'SpinQuadrant',
  description: 'The kinds of questions in the SPIN technique of selling.',
  valuesMap: {
    SITUATION: { description: 'Questions about how things are.' },
    PROBLEM: { description: 'Questions about what is difficult.' },
    IMPLICATION: { description: 'Questions about what follows from that.' },
    NEED_PAYOFF: { description: 'Questions about what a solution would be worth.' },
  },
});
registerEnumType(RuleOutcomeEnum, {
  name: 'RuleOutcome',
  description: 'Whether a rule holds. UNKNOWN: its result is not there, failed, or nobody spoke of it.',
  valuesMap: {
    MET: { description: 'It holds.' },
    NOT_MET: { description: 'It does not hold.' },
    UNKNOWN: { description: 'There is no result to judge it by.' },
  },
});
registerEnumType(RunKindEnum, {
  name: 'RunKind',
  description: 'Who asked for a run.',
  valuesMap: {
    PIPELINE: { description: 'The pipeline, when the conversation came in or was tried again.' },
    REVISION: { description: 'A revision, to ask past conversations anew.' },
  },
});
registerEnumType(GoalMatchEnum, {
  name: 'GoalMatch',
  description: 'How many conditions of a goal must hold.',
  valuesMap: { ALL: { description: 'Every one.' }, ANY: { description: 'At least one.' } },
});
registerEnumType(TagMatchEnum, {
  name: 'TagMatch',
  description: 'How many of the tags a conversation must have.',
  valuesMap: {
    ALL: { description: 'Every one of them.' },
    ANY: { description: 'At least one of them.' },
    NONE: { description: 'Not one of them.' },
  },
});
registerEnumType(FieldOperatorEnum, {
  name: 'FieldOperator',
  description: 'How the value of a custom field is compared.',
  valuesMap: {
    EQUALS: { description: 'It is this value.' },
    NOT_EQUALS: { description: 'It is another value, or none.' },
    AT_LEAST: { description: 'It is this value or more.' },
    AT_MOST: { description: 'It is this value or less.' },
    IS_SET: { description: 'It has any value.' },
  },
});
