import { HarmonyError } from '@harmony/contracts';

/** How a column's values look in a load: as JSON, as an array literal, or as they are. */
export type ColumnKind = 'json' | 'array' | 'plain';

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  /**
   * The value as Postgres will give it back, so that a fold sees the same whether a row was loaded or is still in memory.
   * @throws HarmonyError INTERNAL for a value that the column cannot hold: found here, it is known which event brought it.
   */
  readonly canonical: (value: unknown) => unknown;
}

type Canonical = (value: unknown) => unknown;

/** Undefined for a value that does not fit; null is dealt with before. */
const canonicalByType: Readonly<Record<string, Canonical>> = {
  uuid: (value) => (typeof value === 'string' && isUuid(value) ? value.toLowerCase() : undefined),
  text: (value) => (typeof value === 'string' && isStorable(value) ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  smallint: wholeNumber(32_767),
  integer: wholeNumber(2_147_483_647),
  bigint: wholeNumber(Number.MAX_SAFE_INTEGER),
  'double precision': (value) => (Number.isFinite(value) ? value : undefined),
  timestamptz: canonicalInstant,
  date: (value) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined),
  jsonb: canonicalJson,
};

/**
 * Reads a column's DDL. Only types whose values look the same before and after Postgres are allowed.
 * @throws HarmonyError INTERNAL for another type.
 */
export function parseColumn(name: string, ddl: string): Column {
  const [, type = '', array] = /^\s*(double precision|[a-z]+)(\[\])?/.exec(ddl.toLowerCase()) ?? [];
  const one = Object.hasOwn(canonicalByType, type) ? canonicalByType[type] : undefined;
  if (!one) {
    const allowed = Object.keys(canonicalByType).join(', ');
    throw new HarmonyError('INTERNAL', {
      detail: `Column ${name}: ${ddl}. A projection's columns are ${allowed}, or arrays.`,
    });
  }
  const canonical = array ? everyElement(one) : one;
  const required = /\bnot null\b/i.test(ddl);
  return {
    name,
    kind: array ? 'array' : type === 'jsonb' ? 'json' : 'plain',
    canonical: (value) => {
      const result = value === null || value === undefined ? (required ? undefined : null) : canonical(value);
      if (result !== undefined) return result;
      throw new HarmonyError('INTERNAL', { detail: `Column ${name} (${ddl}) cannot hold what the fold gave it.` });
    },
  };
}

const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** Postgres's text is UTF-8 without the character zero. */
const isStorable = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text);

function wholeNumber(maximum: number): Canonical {
  return (value) => (Number.isInteger(value) && Math.abs(Number(value)) <= maximum ? value : undefined);
}

const isoInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** ISO 8601 in UTC with milliseconds, the precision of every clock here. */
function canonicalInstant(value: unknown): string | undefined {
  if (typeof value === 'string' && isoInstant.test(value)) return value;
  if (typeof value !== 'string' && !(value instanceof Date)) return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function canonicalJson(value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return undefined;
  const parsed: unknown = JSON.parse(text);
  if (/\\u(0000|d[89a-f])/.test(text) && !isStorableJson(parsed)) return undefined;
  if (typeof parsed === 'object' && parsed !== null) jsonSizes.set(parsed, text.length);
  return parsed;
}

const jsonSizes = new WeakMap<object, number>();

/** Characters of a canonical value, about. */
export function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  const known = jsonSizes.get(value);
  if (known !== undefined || !Array.isArray(value)) return known ?? 8;
  return value.reduce<number>((sum, element) => sum + sizeOf(element), 0);
}

function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, member]) => isStorable(key) && isStorableJson(member));
}

function everyElement(one: Canonical): Canonical {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const elements = value.map((element: unknown) => (element === null ? null : one(element)));
    return elements.includes(undefined) ? undefined : elements;
  };
}
