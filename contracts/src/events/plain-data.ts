import type { z } from 'zod';
import { isPlainTime, isPlainUuid } from './plain-text.js';

/** True for a value that is sure to be accepted, and to come out of the schema as it went in. False decides nothing. */
export type PlainTest = (value: unknown) => boolean;

type CheckDefinition = z.core.$ZodChecks['_zod']['def'];
type Shape = Readonly<Record<string, z.core.$ZodType>>;

/**
 * Makes a schema into a test for data that is written in the usual way. It is several times cheaper than parsing, and a
 * replay asks it for every event. Undefined where the schema holds anything beyond what is known here, such as a
 * refinement, a default or a transformation.
 */
export function plainTest(schema: z.core.$ZodType): PlainTest | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const checks = all(checksOf(schema).map(checkTest));
  const ofType = checks && typeTest(def);
  return ofType && checks.reduce(both, ofType);
}

function typeTest(def: z.core.$ZodTypes['_zod']['def']): PlainTest | undefined {
  switch (def.type) {
    case 'object':
      return def.catchall ? undefined : objectTest(def.shape);
    case 'array':
      return arrayTest(plainTest(def.element));
    case 'nullable':
      return orNull(plainTest(def.innerType));
    case 'record':
      return recordTest(def);
    case 'union':
      return 'discriminator' in def ? choiceTest(def.options, String(def.discriminator)) : scalarTest(def.options);
    default:
      return valueTest(def);
  }
}

/** Of what has no parts. */
function valueTest(def: z.core.$ZodTypes['_zod']['def']): PlainTest | undefined {
  switch (def.type) {
    case 'enum':
      return oneOf(Object.values(def.entries));
    case 'literal':
      return oneOf(def.values);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'string':
      return def.coerce ? undefined : (value) => typeof value === 'string';
    case 'number':
      return def.coerce ? undefined : (value) => Number.isFinite(value);
    case 'null':
      return (value) => value === null;
    case 'unknown':
      return () => true;
    default:
      return undefined;
  }
}

/** Of an object as JSON makes it; undefined for anything else. */
const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;

/** Any other key makes the object unusual: the schema takes it away. */
function objectTest(shape: Shape): PlainTest | undefined {
  const tests = all(Object.values(shape).map((field) => plainTest(withoutOptional(field))));
  if (!tests) return undefined;
  const fields = new Map(
    Object.entries(shape).map(([key, field], index) => [key, { accepts: tests[index], needed: !isOptional(field) }]),
  );
  const neededFields = [...fields.values()].filter(({ needed }) => needed).length;
  return (value) => {
    const given = fieldsOf(value);
    if (!given) return false;
    let missing = neededFields;
    for (const key in given) {
      const field = fields.get(key);
      if (!field?.accepts?.(given[key])) return false;
      if (field.needed) missing -= 1;
    }
    return missing === 0;
  };
}

const isOptional = (schema: z.core.$ZodType): boolean => schema._zod.def.type === 'optional';

function withoutOptional(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'optional' ? def.innerType : schema;
}

function arrayTest(element: PlainTest | undefined): PlainTest | undefined {
  if (!element) return undefined;
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const item of value) if (!element(item)) return false;
    return true;
  };
}

/** Keys of any text; one of them, which would be the prototype, the schema takes away. */
function recordTest({ keyType, valueType }: z.core.$ZodRecordDef): PlainTest | undefined {
  const [accepts, isFreeText] = [plainTest(valueType), keyType._zod.def.type === 'string' && plainTest(keyType)];
  if (!accepts || !isFreeText) return undefined;
  return (value) => {
    const given = fieldsOf(value);
    if (!given) return false;
    for (const key in given) if (key === '__proto__' || !isFreeText(key) || !accepts(given[key])) return false;
    return true;
  };
}

type Options = readonly z.core.$ZodType[];

/** Objects that one field tells apart, so that a value is for one of them only. */
function choiceTest(options: Options, discriminator: string): PlainTest | undefined {
  const tests = new Map<unknown, PlainTest>();
  for (const option of options) {
    const { def } = (option as z.core.$ZodTypes)._zod;
    const field =
      def.type === 'object' ? (def.shape[discriminator] as z.core.$ZodTypes | undefined)?._zod.def : undefined;
    const test = plainTest(option);
    if (!test || field?.type !== 'literal') return undefined;
    for (const value of field.values) tests.set(value, test);
  }
  return (value) => tests.get(fieldsOf(value)?.[discriminator])?.(value) ?? false;
}

const scalars = new Set(['string', 'number', 'boolean', 'null', 'literal', 'enum']);

/** Whichever of several scalars accepts it leaves it as it is. */
function scalarTest(options: Options): PlainTest | undefined {
  const tests = all(options.map((option) => (scalars.has(option._zod.def.type) ? plainTest(option) : undefined)));
  return tests && ((value) => tests.some((test) => test(value)));
}

const orNull = (inner: PlainTest | undefined): PlainTest | undefined =>
  inner && ((value) => value === null || inner(value));

function oneOf(allowed: readonly unknown[]): PlainTest {
  const values = new Set(allowed);
  return (value) => value !== undefined && values.has(value);
}

/** A format such as `z.uuid()` is a check itself; more of them may be attached. */
function checksOf(schema: z.core.$ZodType): CheckDefinition[] {
  const { def } = schema._zod;
  const attached = (def.checks ?? []).map((check) => check._zod.def);
  return [...('check' in def ? [def] : []), ...attached] as CheckDefinition[];
}

/** Of a value of the right type. */
function checkTest(def: CheckDefinition): PlainTest | undefined {
  switch (def.check) {
    case 'min_length':
      return (value) => lengthOf(value) >= def.minimum;
    case 'max_length':
      return (value) => lengthOf(value) <= def.maximum;
    case 'length_equals':
      return (value) => lengthOf(value) === def.length;
    case 'number_format':
      return def.format === 'safeint' ? Number.isSafeInteger : undefined;
    case 'greater_than':
      return (value) => Number(value) > Number(def.value) || (def.inclusive && value === def.value);
    case 'less_than':
      return (value) => Number(value) < Number(def.value) || (def.inclusive && value === def.value);
    case 'string_format':
      return formatTest(def);
    default:
      return undefined;
  }
}

const lengthOf = (value: unknown): number => (value as { readonly length: number }).length;

function formatTest(def: z.core.$ZodCheckStringFormatDef): PlainTest | undefined {
  const { format, pattern } = def;
  switch (format) {
    case 'uuid':
      return 'version' in def ? undefined : isPlainUuid;
    case 'datetime':
      return 'precision' in def && def.precision === null ? isPlainTime : undefined;
    // These two are nothing but their expression.
    case 'regex':
    case 'email':
      return pattern && !pattern.global && !pattern.sticky ? (value) => pattern.test(String(value)) : undefined;
    default:
      return undefined;
  }
}

const both =
  (left: PlainTest, right: PlainTest): PlainTest =>
  (value) =>
    left(value) && right(value);

/** All of them, or undefined if one is missing. */
const all = (tests: readonly (PlainTest | undefined)[]): PlainTest[] | undefined => {
  const there = tests.filter((test) => test !== undefined);
  return there.length === tests.length ? there : undefined;
};
