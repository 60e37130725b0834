import { isUuid } from '@harmony/access';
import { lineOfText, parseInput } from '@harmony/api';
import { z } from 'zod';
import { storable } from '../commands/storable.js';
import { withoutNulls } from '../commands/one-of.js';
import { limits } from '../domain/limits.js';

const name = lineOfText(100);
const knowledge = z.string().trim().max(20_000);

/** A language, with a country where it matters, such as `en` or `pt-BR`; in its canonical form. */
const language = z
  .string()
  .max(35)
  .transform((tag) => canonical(tag) ?? tag)
  .pipe(z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'Must be a language such as en or pt-BR.'));

/** What cannot be an id is told apart later, as one that no team has. */
const teamIds = z
  .array(z.string().max(100))
  .min(1)
  .max(limits.teams)
  .transform((ids) => [...new Set(ids.map((id) => (isUuid(id) ? id.toLowerCase() : id)))]);

const newProject = z.strictObject({
  name,
  language: language.default('en'),
  teamIds,
  knowledge: knowledge.default(''),
});

const projectChanges = z.strictObject({
  name: name.optional(),
  language: language.optional(),
  teamIds: teamIds.optional(),
  knowledge: knowledge.optional(),
});

/** `input` is outside data. @throws HarmonyError INVALID_INPUT */
export const parseNewProject = (input: unknown): z.output<typeof newProject> =>
  parseInput(storable(newProject), withoutNulls(input));

/** What is absent, or null, stays as it is. @throws HarmonyError INVALID_INPUT */
export const parseProjectChanges = (input: unknown): z.output<typeof projectChanges> =>
  parseInput(storable(projectChanges), withoutNulls(input));

function canonical(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
