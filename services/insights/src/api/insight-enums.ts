import { enumOf } from '@harmony/api';
import { verdicts } from '@harmony/contracts';
import { registerEnumType } from '@nestjs/graphql';
import { definitionChanges } from '../definitions/definition-commands.js';
import { fixedTypes } from '../definitions/question-schema.js';

export const FixedInsightTypeEnum = enumOf(fixedTypes);
export const DefinitionChangeEnum = enumOf(definitionChanges);
export const AttributeEnum = enumOf(['DURATION_MINUTES', 'WORDS', 'TAGS', 'CUSTOM_FIELD', 'DATE', 'MEDIUM', 'OWNER']);
export const VerdictEnum = enumOf(verdicts);
export const RuleNumberEnum = enumOf(['VALUE', 'RATE', 'AMOUNT', 'ITEMS_MET']);
export const NumberOperatorEnum = enumOf(['AT_LEAST', 'AT_MOST', 'EQUALS']);
export const RuleTestEnum = enumOf([
  'ANSWER_IS',
  'NUMBER',
  'BUCKET_IN',
  'STAGE_REACHED',
  'ITEM_MET',
  'DISCOUNT_DISCUSSED',
  'COMPETITOR_MENTIONED',
  'IS_ANSWERED',
]);

registerEnumType(FixedInsightTypeEnum, {
  name: 'FixedInsightType',
  description: 'Kinds of questions that are the same for everybody: there is nothing to set.',
});
registerEnumType(DefinitionChangeEnum, {
  name: 'DefinitionChange',
  description: 'What became of a change to a definition.',
  valuesMap: {
    UNCHANGED: { description: 'All was so already.' },
    PRESENTATION: { description: 'Past answers stay valid; they are only shown differently.' },
    NEW_VERSION: { description: 'From now on another question is asked; past answers stay with the version before.' },
  },
});
registerEnumType(AttributeEnum, {
  name: 'ConversationAttribute',
  description: 'What is known of a conversation without asking a model.',
});
registerEnumType(RuleNumberEnum, {
  name: 'RuleNumber',
  description: 'Which number of a result is compared.',
  valuesMap: {
    VALUE: { description: 'Of a scale or of buyer engagement.' },
    RATE: { description: 'Of a discount, in per cent.' },
    AMOUNT: { description: 'Of a discount, in its currency.' },
    ITEMS_MET: { description: 'Items of a checklist that were met.' },
  },
});
registerEnumType(NumberOperatorEnum, { name: 'NumberOperator', description: 'How a number is compared.' });
registerEnumType(RuleTestEnum, { name: 'RuleTest', description: 'What a rule asks of a result.' });
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
