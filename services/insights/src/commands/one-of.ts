import { z } from 'zod';

type Nullish<Members extends z.ZodRawShape> = { [Name in keyof Members]: z.ZodOptional<z.ZodNullable<Members[Name]>> };

/** An input of which exactly one member is set, as GraphQL's `@oneOf` has it; gives that member's value. */
export function oneOf<const Members extends Readonly<Record<string, z.ZodType>>>(members: Members) {
  const entries = Object.entries(members).map(([name, schema]) => [name, schema.nullish()] as const);
  const shape = Object.fromEntries(entries) as unknown as Nullish<Members>;
  return z.strictObject(shape).transform((input, context): z.output<Members[keyof Members]> => {
    const set = Object.values(input).filter((value) => value !== undefined && value !== null);
    if (set.length === 1) return set[0] as z.output<Members[keyof Members]>;
    context.addIssue({ code: 'custom', message: `Set exactly one of ${Object.keys(members).join(', ')}.` });
    return z.NEVER;
  });
}

/** Settings of one kind in a schema of all kinds: the tag says which. */
export const tagged = <Schema extends z.ZodType>(schema: Schema, tag: string, kind: string) =>
  z
    .looseObject({})
    .transform((settings): unknown => ({ ...settings, [tag]: kind }))
    .pipe(schema as z.ZodType<z.output<Schema>>);

/** GraphQL has null for what is left out, where a schema has defaults for what is not there, and objects for times. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString();
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(present.map(([name, member]) => [name, withoutNulls(member)]));
}
