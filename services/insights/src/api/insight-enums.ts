import { enumOf } from '@harmony/api';
import { insightTypes } from '@harmony/contracts';
import { registerEnumType } from '@nestjs/graphql';
import { definitionChanges } from '../definitions/definition-commands.js';
import { fixedTypes } from '../definitions/question-schema.js';

export const InsightTypeEnum = enumOf(insightTypes);
export const FixedInsightTypeEnum = enumOf(fixedTypes);
export const YesNoEnum = enumOf(['YES', 'NO']);
export const DefinitionChangeEnum = enumOf(definitionChanges);
export const TagMatchEnum = enumOf(['ANY', 'ALL', 'NONE']);
export const FieldOperatorEnum = enumOf(['EQUALS', 'NOT_EQUALS', 'AT_LEAST', 'AT_MOST', 'IS_SET']);
export const AttributeEnum = enumOf(['DURATION_MINUTES', 'WORDS', 'TAGS', 'CUSTOM_FIELD', 'DATE', 'MEDIUM', 'OWNER']);
export const GoalMatchEnum = enumOf(['ALL', 'ANY']);
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

registerEnumType(InsightTypeEnum, { name: 'InsightType', description: 'What kind of question a definition asks.' });
registerEnumType(FixedInsightTypeEnum, {
  name: 'FixedInsightType',
  description: 'Kinds of questions that are the same for everybody: there is nothing to set.',
});
registerEnumType(YesNoEnum, { name: 'YesNo', description: 'An answer of two.' });
registerEnumType(DefinitionChangeEnum, {
  name: 'DefinitionChange',
  description: 'What became of a change to a definition.',
  valuesMap: {
    UNCHANGED: { description: 'All was so already.' },
    PRESENTATION: { description: 'Past answers stay valid; they are only shown differently.' },
    NEW_VERSION: { description: 'From now on another question is asked; past answers stay with the version before.' },
  },
});
registerEnumType(TagMatchEnum, { name: 'TagMatch', description: 'How many of the tags a conversation must have.' });
registerEnumType(FieldOperatorEnum, {
  name: 'FieldOperator',
  description: 'How the value of a custom field is compared.',
});
registerEnumType(AttributeEnum, {
  name: 'ConversationAttribute',
  description: 'What is known of a conversation without asking a model.',
});
registerEnumType(GoalMatchEnum, { name: 'GoalMatch', description: 'How many conditions of a goal must hold.' });
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
