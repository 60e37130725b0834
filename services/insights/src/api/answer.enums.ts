import { enumOf } from '@harmony/api';
import {
  checklistOutcomes,
  competitorStances,
  engagementBands,
  ruleOutcomes,
  runKinds,
  spinQuadrants,
  verdicts,
} from '@harmony/contracts';
import { registerEnumType } from '@nestjs/graphql';
import { resultOutcomes } from '../read-model/insights-view.js';

export const ResultOutcomeEnum = enumOf(resultOutcomes);
export const ChecklistOutcomeEnum = enumOf(checklistOutcomes);
export const CompetitorStanceEnum = enumOf(competitorStances);
export const EngagementBandEnum = enumOf(engagementBands);
export const SpinQuadrantEnum = enumOf(spinQuadrants);
export const RuleOutcomeEnum = enumOf(ruleOutcomes);
export const RunKindEnum = enumOf(runKinds);
export const VerdictEnum = enumOf(verdicts);

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
registerEnumType(VerdictEnum, {
  name: 'CriterionVerdict',
  description: 'What was found of a criterion.',
  valuesMap: {
    MET: { description: 'It holds.' },
    NOT_MET: { description: 'It does not hold.' },
    NOT_DISCUSSED: { description: 'Nobody spoke of it, so the conversation stays out.' },
    NOT_JUDGED: { description: 'No model was asked.' },
    FAILED: { description: 'The model that was asked gave no answer.' },
  },
});
