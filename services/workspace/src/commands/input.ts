import { lineOfText } from '@harmony/api';
import { z } from 'zod';

export const name = lineOfText(100);

export const email = z
  .email()
  .max(254)
  .transform((text) => text.toLowerCase());

/** A name of the IANA time zone database. */
export const timezone = z.string().max(64).refine(isTimezone, 'Must be a time zone such as Europe/Berlin.');

/** A BCP 47 tag, in its canonical form. */
export const language = z
  .string()
  .max(35)
  .refine((tag) => canonical(tag) !== undefined, 'Must be a language tag such as en or pt-BR.')
  .transform((tag) => canonical(tag) ?? tag);

export const customFieldValues = z.record(z.string(), z.unknown());

function isTimezone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}

/** Only what was really given, so that a change leaves the rest as it is. */
export function given<Input extends object>(input: Input): { [Key in keyof Input]?: Exclude<Input[Key], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as never;
}
