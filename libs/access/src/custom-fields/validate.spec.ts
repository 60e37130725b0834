import { HarmonyError } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DirectoryCustomField } from '../directory-port.js';
import { validateCustomFields } from './validate.js';

const field = (more: Partial<DirectoryCustomField>): DirectoryCustomField => ({
  customFieldId: '00000000-0000-4000-8000-00000000000a',
  key: 'field',
  label: 'Field',
  type: 'TEXT',
  options: [],
  required: false,
  ...more,
});

const refusalOf = (fields: readonly DirectoryCustomField[], values: Record<string, unknown>): HarmonyError => {
  try {
    validateCustomFields(fields, values);
  } catch (error) {
    if (error instanceof HarmonyError) return error;
  }
  throw new Error('expected a refusal');
};

describe('validateCustomFields', () => {
  it.each<[DirectoryCustomField['type'], unknown]>([
    ['TEXT', 'two\nlines'],
    ['NUMBER', -1.5],
    ['NUMBER', 0],
    ['BOOLEAN', false],
    ['DATE', '2024-02-29'],
    ['SELECT', 'gold'],
  ])('takes for %s the value %j', (type, value) => {
    expect(validateCustomFields([field({ type, options: ['gold'] })], { field: value })).toEqual({ field: value });
  });

  it.each<[DirectoryCustomField['type'], unknown]>([
    ['TEXT', 7],
    ['TEXT', 'x'.repeat(5001)],
    ['TEXT', 'nul\0'],
    ['TEXT', 'lone \ud800 surrogate'],
    ['NUMBER', '7'],
    ['NUMBER', Number.POSITIVE_INFINITY],
    ['NUMBER', Number.NaN],
    ['BOOLEAN', 'true'],
    ['DATE', '2025-02-29'],
    ['DATE', '2025-13-01'],
    ['DATE', '01.02.2025'],
    ['DATE', 20250101],
    ['SELECT', 'silver'],
    ['SELECT', ['gold']],
    ['TEXT', {}],
  ])('refuses for %s the value %j by pointer', (type, value) => {
    const refusal = refusalOf([field({ type, options: ['gold'] })], { field: value });
    expect(refusal.code).toBe('INVALID_CUSTOM_FIELD_VALUE');
    expect(refusal.errors).toMatchObject([{ pointer: '/customFields/field', code: 'INVALID_CUSTOM_FIELD_VALUE' }]);
  });

  it.each([undefined, null, '', '  '])('counts %j as not set', (value) => {
    expect(validateCustomFields([field({})], { field: value })).toEqual({});
    expect(refusalOf([field({ required: true })], { field: value }).code).toBe('MISSING_REQUIRED_FIELDS');
  });

  it('names every refused field at once, unknown ones first', () => {
    const fields = [field({ key: 'wrong', type: 'NUMBER' }), field({ key: 'missing', required: true })];
    const refusal = refusalOf(fields, { wrong: 'x', 'un/known': 1 });
    expect(refusal.code).toBe('UNKNOWN_CUSTOM_FIELD');
    expect(refusal.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/customFields/un~1known', 'UNKNOWN_CUSTOM_FIELD'],
      ['/customFields/wrong', 'INVALID_CUSTOM_FIELD_VALUE'],
      ['/customFields/missing', 'MISSING_REQUIRED_FIELDS'],
    ]);
  });

  it.each(['__proto__', 'constructor', 'toString'])('treats the key %s like any other unknown one', (key) => {
    const values = JSON.parse(`{"${key}": "x"}`) as Record<string, unknown>;
    expect(refusalOf([field({})], values).code).toBe('UNKNOWN_CUSTOM_FIELD');
  });

  it('returns only defined keys and values that it accepts again, or refuses with a catalogue code', () => {
    const anyField = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      type: fc.constantFrom<DirectoryCustomField['type']>('TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'SELECT'),
      required: fc.boolean(),
    });
    const fields = fc.uniqueArray(anyField, { selector: ({ key }) => key });
    const values = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.jsonValue());
    fc.assert(
      fc.property(fields, values, (some, given) => {
        const defined = some.map((one) => field({ ...one, options: ['x'] }));
        try {
          const accepted = validateCustomFields(defined, given);
          expect(validateCustomFields(defined, accepted)).toEqual(accepted);
          expect(Object.keys(accepted).every((key) => defined.some((one) => one.key === key))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(HarmonyError);
        }
      }),
    );
  });
});
