import { z } from 'zod';
import { partKey } from './shared.js';

const line = (maximum: number) => z.string().trim().min(1).max(maximum);
const names = z.array(line(100)).max(100);

interface Keyed {
  readonly key: string;
}

/** Between `minimum` and `maximum` parts, each with a key of its own. */
const parts = <Part extends z.ZodType<Keyed>>(part: Part, minimum: number, maximum: number) =>
  z
    .array(part)
    .min(minimum)
    .max(maximum)
    .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, { error: 'Every key is there once.' });

const described = z.object({ key: partKey, name: line(100), description: z.string().trim().max(1000).default('') });

/** Steps that a scale may have at most, both ends included. */
export const maximumScaleSteps = 101;

const scale = z
  .object({
    type: z.literal('SCALE'),
    question: line(1000),
    min: z.int().min(-1000).max(1000).default(1),
    max: z.int().min(-1000).max(1000).default(5),
    /** What a value means, by the value in digits. */
    labels: z.record(z.string(), line(200)).default({}),
  })
  .refine(({ min, max }) => min < max, { path: ['max'], error: 'The maximum is greater than the minimum.' })
  .refine(({ min, max }) => max - min < maximumScaleSteps, {
    path: ['max'],
    error: `A scale has at most ${maximumScaleSteps} steps.`,
  })
  .refine(
    ({ min, max, labels }) =>
      Object.keys(labels).every((value) => /^-?\d+$/.test(value) && Number(value) >= min && Number(value) <= max),
    { path: ['labels'], error: 'Labels belong to whole numbers of the scale.' },
  );

/**
 * What a definition asks, by type: exactly what answers depend on. How a result is shown is no part of it, so that
 * a change of presentation leaves past answers valid (D4).
 */
export const question = z.discriminatedUnion('type', [
  z.object({ type: z.literal('SUMMARY') }),
  z.object({
    type: z.literal('COMPETITORS'),
    /** Names to look for; others are found too. */
    track: names.default([]),
    /** Names that are no competitors. */
    exclude: names.default([]),
  }),
  z.object({ type: z.literal('DISCOUNT') }),
  z.object({ type: z.literal('BUYER_ENGAGEMENT') }),
  z.object({ type: z.literal('OPEN_QUESTION'), question: line(1000) }),
  z.object({ type: z.literal('YES_NO'), question: line(1000) }),
  z.object({ type: z.literal('CHECKLIST'), items: parts(z.object({ key: partKey, text: line(500) }), 1, 50) }),
  z.object({ type: z.literal('MARKDOWN'), prompt: line(10_000) }),
  z.object({ type: z.literal('GROUP'), buckets: parts(described, 2, 30) }),
  scale,
  /** In the order in which a deal goes through them. */
  z.object({ type: z.literal('FUNNEL'), stages: parts(described, 2, 30) }),
  z.object({ type: z.literal('SPIN_IMPROVEMENT') }),
  z.object({ type: z.literal('SPIN_DISTRIBUTION') }),
]);
export type Question = z.output<typeof question>;
export type QuestionInput = z.input<typeof question>;
export type QuestionOf<Type extends Question['type']> = Extract<Question, { type: Type }>;
