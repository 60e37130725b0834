import { checklistOutcomes, competitorStances, partKey, resultOutcomes, spinQuadrants } from '@harmony/contracts';
import { z } from 'zod';
import type { Parameters } from '../read-model/sql.js';
import { foldedText } from './search.js';

const number = z.number().nullish();

/** Which results of a definition are shown; what its type of question does not have matches none. */
export const resultFilter = z.object({
  outcomes: z.array(z.enum(resultOutcomes)).max(resultOutcomes.length).nullish(),
  choices: z.array(partKey).max(100).nullish(),
  minimum: number,
  maximum: number,
  item: z.object({ key: partKey, outcome: z.enum(checklistOutcomes) }).nullish(),
  competitor: z
    .object({
      name: z
        .string()
        .trim()
        .min(1)
        .max(200)
        .regex(/^[^\0\p{Surrogate}]*$/u),
      stance: z.enum(competitorStances).nullish(),
    })
    .nullish(),
  quadrant: z.enum(spinQuadrants).nullish(),
  isDiscussed: z.boolean().nullish(),
});
export type ResultFilter = z.output<typeof resultFilter>;

type Column = (name: string) => string;

/** As reports put spellings of one name together. */
const foldedName = (text: string): string => String.raw`regexp_replace(btrim(${foldedText(text)}), '\s+', ' ', 'g')`;

/** The condition on a row of `reporting.cells` with this alias. */
export function resultCondition(filter: ResultFilter, alias: string, parameters: Parameters): string {
  const column: Column = (name) => `${alias}.${name}`;
  const given = <Value>(value: Value | null | undefined, sql: (value: NonNullable<Value>) => string): string[] =>
    value === null || value === undefined ? [] : [sql(value)];
  const conditions = [
    `${column('outcome')} <> 'DROPPED'`,
    ...given(filter.outcomes, (all) => `${column('outcome')} = any(${parameters.add(all)}::text[])`),
    ...given(filter.choices, (all) => `${column('choice')} = any(${parameters.add(all)}::text[])`),
    ...given(filter.minimum, (bound) => `${column('number')} >= ${parameters.add(bound)}::double precision`),
    ...given(filter.maximum, (bound) => `${column('number')} <= ${parameters.add(bound)}::double precision`),
    ...given(filter.item, ({ key, outcome }) => itemCondition(column, parameters.add(key), parameters.add(outcome))),
    ...given(filter.competitor, (competitor) => competitorCondition(column, competitor, parameters)),
    ...given(filter.quadrant, (quadrant) => quadrantCondition(column, parameters.add(quadrant))),
    ...given(filter.isDiscussed, (is) => `${column('is_discussed')} = ${parameters.add(is)}::boolean`),
  ];
  return conditions.join(' and ');
}

const itemCondition = (column: Column, key: string, outcome: string): string =>
  `${column('parts')} ->> ${key}::text = ${outcome}::text`;

function competitorCondition(
  column: Column,
  { name, stance }: NonNullable<ResultFilter['competitor']>,
  parameters: Parameters,
): string {
  const mentions = `jsonb_path_query(${column('parts')}, 'lax $[*] ? (exists (@.name))') as mention`;
  const isNamed = `${foldedName("mention ->> 'name'")} = ${foldedName(`${parameters.add(name)}::text`)}`;
  const stands = stance ? ` and mention ->> 'stance' = ${parameters.add(stance)}::text` : '';
  return `exists (select from ${mentions} where ${isNamed}${stands})`;
}

/** Among the weakest, or with questions of that kind. */
const quadrantCondition = (column: Column, quadrant: string): string =>
  `case jsonb_typeof(${column('parts')}) when 'array' then ${column('parts')} ? ${quadrant}::text
        when 'object' then ${column('parts')} ->> ${quadrant}::text ~ '^[1-9]' else false end`;
