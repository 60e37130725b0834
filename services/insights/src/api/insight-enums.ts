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
  valuesMap: {
    SUMMARY: { description: 'What it was about.' },
    DISCOUNT: { description: 'Which reduction was offered or asked for.' },
    BUYER_ENGAGEMENT: { description: 'How much the customer takes part, 0 to 10.' },
    SPIN_DISTRIBUTION: { description: 'How the questions of the seller spread over the SPIN quadrants.' },
    SPIN_IMPROVEMENT: { description: 'What the seller could ask better, by SPIN.' },
  },
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
  valuesMap: {
    DURATION_MINUTES: { description: 'How long it took, in minutes.' },
    WORDS: { description: 'How many words were said.' },
    TAGS: { description: 'What it is filed under.' },
    CUSTOM_FIELD: { description: 'The value of a custom field.' },
    DATE: { description: 'When it began, else when it was submitted.' },
    MEDIUM: { description: 'How it was held.' },
    OWNER: { description: 'Whose it is.' },
  },
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
registerEnumType(NumberOperatorEnum, {
  name: 'NumberOperator',
  description: 'How a number is compared.',
  valuesMap: {
    AT_LEAST: { description: 'It is this number or more.' },
    AT_MOST: { description: 'It is this number or less.' },
    EQUALS: { description: 'It is this number.' },
  },
});
registerEnumType(RuleTestEnum, {
  name: 'RuleTest',
  description: 'What a rule asks of a result.',
  valuesMap: {
    ANSWER_IS: { description: 'The answer is yes, or no.' },
    NUMBER: { description: 'A number of it compares as given.' },
    BUCKET_IN: { description: 'It fell into one of these buckets.' },
    STAGE_REACHED: { description: 'It came as far as this stage.' },
    ITEM_MET: { description: 'This item of the checklist was met.' },
    DISCOUNT_DISCUSSED: { description: 'A discount was spoken of, or not.' },
    COMPETITOR_MENTIONED: { description: 'A competitor was named, or not.' },
    IS_ANSWERED: { description: 'There is an answer at all.' },
  },
});
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
