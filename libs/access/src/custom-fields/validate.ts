import { HarmonyError, type FieldError } from '@harmony/contracts';
import type { DirectoryCustomField } from '../directory-port.js';

export type CustomFieldValue = string | number | boolean;
type Refusal = FieldError & {
  readonly code: 'UNKNOWN_CUSTOM_FIELD' | 'INVALID_CUSTOM_FIELD_VALUE' | 'MISSING_REQUIRED_FIELDS';
};

const maximumTextLength = 5000;
const isoDate = /^\d{4}-\d{2}-\d{2}$/;

const isCalendarDate = (text: string): boolean => {
  const time = isoDate.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

const isStorableText = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= maximumTextLength && !/[\0\p{Surrogate}]/u.test(value);

/** For each type what it takes, in words for the person who typed something else. */
const types: Record<
  DirectoryCustomField['type'],
  { fits: (value: unknown, field: DirectoryCustomField) => value is CustomFieldValue; wanted: string }
> = {
  TEXT: { fits: isStorableText, wanted: `text of at most ${maximumTextLength} characters` },
  NUMBER: {
    fits: (value): value is number => typeof value === 'number' && Number.isFinite(value),
    wanted: 'a number',
  },
  BOOLEAN: { fits: (value): value is boolean => typeof value === 'boolean', wanted: 'true or false' },
  DATE: {
    fits: (value): value is string => typeof value === 'string' && isCalendarDate(value),
    wanted: 'a date such as 2026-01-31',
  },
  SELECT: {
    fits: (value, field): value is string => typeof value === 'string' && field.options.includes(value),
    wanted: 'one of the options of the field',
  },
};

const pointerTo = (key: string): string => `/customFields/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const isUnset = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function refusalOf(field: DirectoryCustomField, value: unknown): Refusal | undefined {
  const pointer = pointerTo(field.key);
  if (isUnset(value)) {
    return field.required
      ? { pointer, detail: `${field.label} is required.`, code: 'MISSING_REQUIRED_FIELDS' }
      : undefined;
  }
  const { fits, wanted } = types[field.type];
  if (fits(value, field)) return undefined;
  return { pointer, detail: `${field.label} must be ${wanted}.`, code: 'INVALID_CUSTOM_FIELD_VALUE' };
}

/**
 * Checks the values of one record against the workspace's custom fields (P9).
 * @returns the values that are set, by key; null and blank text count as not set.
 * @throws HarmonyError naming every refused field by pointer (`/customFields/<key>`); its code is that of the first
 * refusal, unknown fields before wrong values before missing ones.
 */
export function validateCustomFields(
  fields: readonly DirectoryCustomField[],
  values: Readonly<Record<string, unknown>>,
): Record<string, CustomFieldValue> {
  const given = new Map(Object.entries(values));
  const keys = new Set(fields.map(({ key }) => key));
  const unknown = [...given.keys()]
    .filter((key) => !keys.has(key))
    .map((key): Refusal => ({
      pointer: pointerTo(key),
      detail: 'No custom field has this key.',
      code: 'UNKNOWN_CUSTOM_FIELD',
    }));
  const refused = fields.flatMap((field) => refusalOf(field, given.get(field.key)) ?? []);
  const wrong = refused.filter(({ code }) => code === 'INVALID_CUSTOM_FIELD_VALUE');
  const missing = refused.filter(({ code }) => code === 'MISSING_REQUIRED_FIELDS');
  const errors = [...unknown, ...wrong, ...missing];
  if (errors[0]) throw new HarmonyError(errors[0].code, { errors });
  return Object.fromEntries([...given].filter(([, value]) => !isUnset(value))) as Record<string, CustomFieldValue>;
}
