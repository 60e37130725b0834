import { z } from 'zod';
import { media } from '../events/conversation/shared.js';
import { partKey } from './shared.js';

const line = (maximum: number) => z.string().trim().min(1).max(maximum);
const bound = z.number().nonnegative().nullable().default(null);
const fieldValue = z.union([z.string(), z.number(), z.boolean()]);

/** A filter over what is known of a conversation; no model is asked. Bounds include their own value; null is open. */
export const attributeCondition = z.discriminatedUnion('attribute', [
  z.object({ attribute: z.literal('DURATION_MINUTES'), minimum: bound, maximum: bound }),
  z.object({ attribute: z.literal('WORDS'), minimum: bound, maximum: bound }),
  z.object({
    attribute: z.literal('TAGS'),
    match: z.enum(['ANY', 'ALL', 'NONE']),
    tags: z.array(line(100)).min(1).max(50),
  }),
  z.object({
    attribute: z.literal('CUSTOM_FIELD'),
    key: line(50),
    operator: z.enum(['EQUALS', 'NOT_EQUALS', 'AT_LEAST', 'AT_MOST', 'IS_SET']),
    /** Null with IS_SET only. */
    value: fieldValue.nullable().default(null),
  }),
  /** When the conversation took place, else when it came in; `to` is excluded. */
  z.object({
    attribute: z.literal('DATE'),
    from: z.iso.datetime().nullable().default(null),
    to: z.iso.datetime().nullable().default(null),
  }),
  z.object({ attribute: z.literal('MEDIUM'), anyOf: z.array(z.enum(media)).min(1) }),
  z.object({ attribute: z.literal('OWNER'), anyOf: z.array(z.uuid()).min(1).max(100) }),
]);
export type AttributeCondition = z.output<typeof attributeCondition>;

const category = z.object({ key: partKey, name: line(100), description: z.string().trim().max(1000).default('') });

/** What narrows a project down to the conversations that belong into it (P1). */
export const criterion = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ATTRIBUTE'), condition: attributeCondition }),
  z.object({ type: z.literal('BOOLEAN'), question: line(1000), expected: z.boolean().default(true) }),
  z
    .object({
      type: z.literal('CATEGORY'),
      question: line(1000),
      categories: z.array(category).min(2).max(30),
      /** Keys of the categories that are in. */
      accepted: z.array(partKey).min(1),
    })
    .refine(({ categories }) => new Set(categories.map(({ key }) => key)).size === categories.length, {
      path: ['categories'],
      error: 'Every key is there once.',
    })
    .refine(({ categories, accepted }) => accepted.every((key) => categories.some((one) => one.key === key)), {
      path: ['accepted'],
      error: 'Accepted are keys of categories.',
    }),
]);
export type Criterion = z.output<typeof criterion>;

/** Why a conversation is in a project or out of it, criterion by criterion. */
export const verdicts = ['MET', 'NOT_MET', 'NOT_DISCUSSED', 'NOT_JUDGED', 'FAILED'] as const;
export type Verdict = (typeof verdicts)[number];

export const eligibility = z.object({
  projectId: z.uuid(),
  eligible: z.boolean(),
  /** Whether the conversation's team is one of the project's. */
  isTeamAssigned: z.boolean(),
  /** In the order of the project; after the first that keeps the conversation out, those that need a model are not judged. */
  criteria: z.array(z.object({ criterionId: z.uuid(), verdict: z.enum(verdicts), detail: z.string() })),
});
export type Eligibility = z.output<typeof eligibility>;
