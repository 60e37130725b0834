import { lineOfText } from '@harmony/api';
import { maximumScaleSteps, question, type InsightType } from '@harmony/contracts';
import { z } from 'zod';
import { oneOf, tagged } from '../commands/one-of.js';

/** Types that ask the same of everybody: there is nothing to set. */
export const fixedTypes = [
  'SUMMARY',
  'DISCOUNT',
  'BUYER_ENGAGEMENT',
  'SPIN_IMPROVEMENT',
  'SPIN_DISTRIBUTION',
] as const satisfies readonly InsightType[];

const of = (type: InsightType) => tagged(question, 'type', type);

/** GraphQL has no records: a label comes with its value. */
const labels = z
  .array(z.looseObject({ value: z.int(), label: lineOfText(200) }))
  .max(maximumScaleSteps)
  .refine((all) => new Set(all.map(({ value }) => value)).size === all.length, { error: 'Every value is there once.' })
  .transform((all) => Object.fromEntries(all.map(({ value, label }) => [value, label])));

/** The question of a definition as people write it: the one member that is set names its type. */
export const questionSchema = oneOf({
  fixed: z.enum(fixedTypes).transform((type) => ({ type })),
  competitors: of('COMPETITORS'),
  openQuestion: of('OPEN_QUESTION'),
  yesNo: of('YES_NO'),
  checklist: of('CHECKLIST'),
  markdown: of('MARKDOWN'),
  group: of('GROUP'),
  scale: z.looseObject({ labels: labels.nullish() }).pipe(of('SCALE')),
  funnel: of('FUNNEL'),
});
