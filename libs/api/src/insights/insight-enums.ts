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

registerEnumType(InsightTypeEnum, { name: 'InsightType', description: 'What kind of question a definition asks.' });
registerEnumType(YesNoEnum, { name: 'YesNo', description: 'An answer of two.' });
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
});
registerEnumType(CompetitorStanceEnum, {
  name: 'CompetitorStance',
  description: 'How a competitor stands with the customer.',
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
});
registerEnumType(RuleOutcomeEnum, {
  name: 'RuleOutcome',
  description: 'Whether a rule holds. UNKNOWN: its result is not there, failed, or nobody spoke of it.',
});
registerEnumType(RunKindEnum, { name: 'RunKind', description: 'Who asked for a run.' });
registerEnumType(GoalMatchEnum, { name: 'GoalMatch', description: 'How many conditions of a goal must hold.' });
registerEnumType(TagMatchEnum, { name: 'TagMatch', description: 'How many of the tags a conversation must have.' });
registerEnumType(FieldOperatorEnum, {
  name: 'FieldOperator',
  description: 'How the value of a custom field is compared.',
});
