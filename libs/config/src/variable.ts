import { z } from 'zod';

/** What a process is there for; every target that is not one of the named ones is a service's worker. */
export type TargetKind = 'all' | 'gateway' | 'relay' | 'worker';

export const targetKind = (target: string): TargetKind =>
  target === 'all' || target === 'gateway' || target === 'relay' ? target : 'worker';

/** One environment variable, documented where it is declared. */
export interface Variable<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** One sentence or two for the printed reference. */
  readonly description: string;
  /** From the text of the variable, or undefined where it is absent, to its typed value; carries the default. */
  readonly schema: Schema;
  /** What a right value looks like, for the reference and for the error message. */
  readonly expected: string;
  /** Never shown, not even when it is wrong. */
  readonly secret?: boolean;
  /** Kinds of targets that read it; absent: all of them. For the others it is not even parsed. */
  readonly usedBy?: readonly TargetKind[];
}

/** Variables that belong together, by the name of their value. */
export interface Group<Variables extends Record<string, Variable> = Record<string, Variable>> {
  readonly title: string;
  readonly introduction: string;
  readonly variables: Variables;
}

export type ValuesOf<G extends Group> = {
  readonly [Key in keyof G['variables']]: z.output<G['variables'][Key]['schema']>;
};

type Declared<Schema extends z.ZodType> = Pick<Variable<Schema>, 'schema' | 'expected'>;

const wholeNumberText = z.string().regex(/^\d{1,10}$/);

/** A number without fraction between two bounds, both included. */
export const wholeNumber = (minimum: number, maximum: number, fallback: number): Declared<z.ZodType<number>> => ({
  schema: wholeNumberText.default(String(fallback)).transform(Number).pipe(z.int().min(minimum).max(maximum)),
  expected: `a whole number from ${minimum} to ${maximum}`,
});

const decimalText = z.string().regex(/^\d{1,10}(\.\d{1,10})?$/);

/** A number between two bounds, both included. */
export const decimal = (minimum: number, maximum: number, fallback: number): Declared<z.ZodType<number>> => ({
  schema: decimalText.default(String(fallback)).transform(Number).pipe(z.number().min(minimum).max(maximum)),
  expected: `a number from ${minimum} to ${maximum}`,
});

export const oneOf = <const Names extends readonly [string, ...string[]]>(
  names: Names,
  fallback: Names[number],
): Declared<z.ZodType<Names[number]>> => ({
  schema: z
    .string()
    .default(fallback)
    .pipe(z.enum(names as readonly string[] as [Names[number], ...Names[number][]])),
  expected: `one of ${names.join(', ')}`,
});

export const textOr = (fallback: string, expected: string): Declared<z.ZodType<string>> => ({
  schema: z.string().trim().min(1).default(fallback),
  expected,
});

export const optionalText = (expected: string): Declared<z.ZodType<string | undefined>> => ({
  schema: z.string().trim().min(1).optional(),
  expected,
});

/** A URL of one of the given schemes. */
export const optionalUrl = (schemes: RegExp, expected: string): Declared<z.ZodType<string | undefined>> => ({
  schema: z.url({ protocol: schemes }).optional(),
  expected,
});

/** A connection string, which may name several hosts and so need not be a URL. */
export const optionalAddress = (form: RegExp, expected: string): Declared<z.ZodType<string | undefined>> => ({
  schema: z.string().regex(form).optional(),
  expected,
});

/** Comma-separated; empty when absent. */
export const listOf = (item: RegExp, expected: string): Declared<z.ZodType<readonly string[]>> => ({
  schema: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((part) => part.trim()))
    .transform((parts) => parts.filter((part) => part !== ''))
    .pipe(z.array(z.string().regex(item))),
  expected,
});

export const yesOrNo = (fallback: boolean): Declared<z.ZodType<boolean>> => ({
  schema: z
    .string()
    .default(String(fallback))
    .pipe(z.enum(['true', 'false']))
    .transform((text) => text === 'true'),
  expected: 'true or false',
});
