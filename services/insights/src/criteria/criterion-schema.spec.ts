import { HarmonyError, type Criterion } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import { parseCriterion } from './criterion-schema.js';

const attribute = (filter: object) => ({ attribute: filter });
const field = (settings: object) => attribute({ customField: { key: 'tier', ...settings } });
const categories = [
  { key: 'demo', name: 'Demo' },
  { key: 'help', name: 'Help', description: null },
];
const category = (settings: object) => ({
  category: { question: 'Which?', categories, accepted: ['demo'], ...settings },
});
const owner = newId();

const accepted: Readonly<Record<string, [input: unknown, criterion: Criterion]>> = {
  'a duration': [
    attribute({ durationMinutes: { minimum: 5 } }),
    { type: 'ATTRIBUTE', condition: { attribute: 'DURATION_MINUTES', minimum: 5, maximum: null } },
  ],
  words: [
    attribute({ words: { minimum: 0, maximum: 0 } }),
    { type: 'ATTRIBUTE', condition: { attribute: 'WORDS', minimum: 0, maximum: 0 } },
  ],
  tags: [
    attribute({ tags: { match: 'NONE', tags: [' test '] } }),
    { type: 'ATTRIBUTE', condition: { attribute: 'TAGS', match: 'NONE', tags: ['test'] } },
  ],
  'a field that is set': [
    field({ operator: 'IS_SET' }),
    { type: 'ATTRIBUTE', condition: { attribute: 'CUSTOM_FIELD', key: 'tier', operator: 'IS_SET', value: null } },
  ],
  'a field that is false': [
    field({ operator: 'EQUALS', value: { boolean: false } }),
    { type: 'ATTRIBUTE', condition: { attribute: 'CUSTOM_FIELD', key: 'tier', operator: 'EQUALS', value: false } },
  ],
  'a date at least': [
    field({ operator: 'AT_LEAST', value: { text: '2026-01-31' } }),
    {
      type: 'ATTRIBUTE',
      condition: { attribute: 'CUSTOM_FIELD', key: 'tier', operator: 'AT_LEAST', value: '2026-01-31' },
    },
  ],
  'a period': [
    attribute({ date: { from: new Date('2026-01-01T00:00:00Z') } }),
    { type: 'ATTRIBUTE', condition: { attribute: 'DATE', from: '2026-01-01T00:00:00.000Z', to: null } },
  ],
  'a medium': [
    attribute({ medium: { anyOf: ['CALL'] } }),
    { type: 'ATTRIBUTE', condition: { attribute: 'MEDIUM', anyOf: ['CALL'] } },
  ],
  'an owner': [
    attribute({ owner: { anyOf: [owner] } }),
    { type: 'ATTRIBUTE', condition: { attribute: 'OWNER', anyOf: [owner] } },
  ],
  'a yes/no question': [{ boolean: { question: 'Demo?' } }, { type: 'BOOLEAN', question: 'Demo?', expected: true }],
  'a choice': [
    category({}),
    {
      type: 'CATEGORY',
      question: 'Which?',
      categories: categories.map(({ key, name }) => ({ key, name, description: '' })),
      accepted: ['demo'],
    },
  ],
};

const refused: Readonly<Record<string, [input: unknown, pointer: string]>> = {
  nothing: [{}, ''],
  'two kinds': [{ boolean: { question: 'Q' }, ...category({}) }, ''],
  'no attribute': [attribute({}), '/attribute'],
  'two attributes': [attribute({ words: {}, durationMinutes: {} }), '/attribute'],
  'a negative bound': [attribute({ words: { minimum: -1 } }), '/attribute/words/minimum'],
  'bounds that cross': [attribute({ words: { minimum: 2, maximum: 1 } }), '/attribute/words/maximum'],
  'no tags': [attribute({ tags: { match: 'ANY', tags: [] } }), '/attribute/tags/tags'],
  'an empty tag': [attribute({ tags: { match: 'ANY', tags: [' '] } }), '/attribute/tags/tags/0'],
  'an unknown match': [attribute({ tags: { match: 'SOME', tags: ['a'] } }), '/attribute/tags/match'],
  'a value beside IS_SET': [field({ operator: 'IS_SET', value: { text: 'a' } }), '/attribute/customField/value'],
  'EQUALS without a value': [field({ operator: 'EQUALS' }), '/attribute/customField/value'],
  'AT_LEAST a word': [field({ operator: 'AT_LEAST', value: { text: 'gold' } }), '/attribute/customField/value'],
  'two values': [field({ operator: 'EQUALS', value: { text: 'a', number: 1 } }), '/attribute/customField/value'],
  'a period without length': [
    attribute({ date: { from: new Date('2026-01-01'), to: new Date('2026-01-01') } }),
    '/attribute/date/to',
  ],
  'a time that is none': [attribute({ date: { from: new Date(NaN) } }), '/attribute/date/from'],
  'no medium': [attribute({ medium: { anyOf: [] } }), '/attribute/medium/anyOf'],
  'an owner that is no id': [attribute({ owner: { anyOf: ['me'] } }), '/attribute/owner/anyOf/0'],
  'an empty question': [{ boolean: { question: '' } }, '/boolean/question'],
  'one category': [category({ categories: categories.slice(1), accepted: ['help'] }), '/category/categories'],
  'nothing accepted': [category({ accepted: [] }), '/category/accepted'],
  'an unknown category accepted': [category({ accepted: ['other'] }), '/category/accepted'],
};

describe('a criterion', () => {
  it.each(Object.entries(accepted))('may be %s', (_, [input, criterion]) => {
    expect(parseCriterion(input)).toEqual(criterion);
  });

  it.each(Object.entries(refused))('is refused for %s, by the field', (_, [input, pointer]) => {
    const refusal = (): unknown => parseCriterion(input);
    expect(refusal).toThrow(HarmonyError);
    expect(refusal).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', errors: [expect.objectContaining({ pointer })] }),
    );
  });
});
