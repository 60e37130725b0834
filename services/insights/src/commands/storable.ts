import { z } from 'zod';

/** Half characters, and the character zero: Postgres can store neither. */
const unstorable = /[\0\p{Surrogate}]/u;

/** Refuses texts, however deep inside, that could not be stored, each by its place. */
export const storable = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .unknown()
    .superRefine((value, context) => {
      for (const path of placesIn(value, [])) {
        context.addIssue({ code: 'custom', path, message: 'The text has characters that cannot be stored.' });
      }
    })
    .pipe(schema as z.ZodType<z.output<Schema>>);

function placesIn(value: unknown, path: readonly PropertyKey[]): PropertyKey[][] {
  if (typeof value === 'string') return unstorable.test(value) ? [[...path]] : [];
  if (Array.isArray(value)) return value.flatMap((element: unknown, index) => placesIn(element, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => placesIn(member, [...path, name]));
}
