import { parseInput } from '@harmony/api';
import { attributeCondition, criterion, type AttributeCondition, type Criterion } from '@harmony/contracts';
import { z } from 'zod';
import { oneOf, tagged, withoutNulls } from '../commands/one-of.js';
import { storable } from '../commands/storable.js';

const condition = (attribute: AttributeCondition['attribute']) => tagged(attributeCondition, 'attribute', attribute);

const range = (attribute: 'DURATION_MINUTES' | 'WORDS') =>
  condition(attribute).refine(isRange, { path: ['maximum'], error: 'The maximum is not below the minimum.' });

const value = oneOf({ text: z.string().max(5000), number: z.number(), boolean: z.boolean() });

const customField = z
  .looseObject({ value: value.nullish() })
  .pipe(condition('CUSTOM_FIELD'))
  .refine(hasFittingValue, {
    path: ['value'],
    error: 'IS_SET takes no value, AT_LEAST and AT_MOST take a number or a date, and the others take one of any kind.',
  });

const attribute = oneOf({
  durationMinutes: range('DURATION_MINUTES'),
  words: range('WORDS'),
  tags: condition('TAGS'),
  customField,
  date: condition('DATE').refine(isPeriod, { path: ['to'], error: 'The end is behind the start.' }),
  medium: condition('MEDIUM'),
  owner: condition('OWNER'),
});

const criterionSchema = oneOf({
  attribute: attribute.transform((filter) => ({ type: 'ATTRIBUTE' as const, condition: filter })),
  boolean: tagged(criterion, 'type', 'BOOLEAN'),
  category: tagged(criterion, 'type', 'CATEGORY'),
});

/** `input` is outside data. @throws HarmonyError INVALID_INPUT that points at each field */
export const parseCriterion = (input: unknown): Criterion => parseInput(storable(criterionSchema), withoutNulls(input));

function isRange(filter: AttributeCondition): boolean {
  if (filter.attribute !== 'DURATION_MINUTES' && filter.attribute !== 'WORDS') return true;
  return (filter.minimum ?? 0) <= (filter.maximum ?? Infinity);
}

function isPeriod(filter: AttributeCondition): boolean {
  if (filter.attribute !== 'DATE' || filter.from === null || filter.to === null) return true;
  return Date.parse(filter.from) < Date.parse(filter.to);
}

function hasFittingValue(filter: AttributeCondition): boolean {
  if (filter.attribute !== 'CUSTOM_FIELD') return true;
  if (filter.operator === 'IS_SET') return filter.value === null;
  if (filter.operator === 'EQUALS' || filter.operator === 'NOT_EQUALS') return filter.value !== null;
  return (
    typeof filter.value === 'number' ||
    (typeof filter.value === 'string' && z.iso.date().safeParse(filter.value).success)
  );
}
