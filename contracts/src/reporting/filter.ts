import { z } from 'zod';
import { conversationStatuses } from '../conversation-status.js';
import { media } from '../events/conversation/shared.js';
import { runKinds } from '../insights/shared.js';

/** How many values a list of a filter takes; more than anybody picks by hand, and a bound for whoever sends a program. */
export const maximumFilterValues = 200;

/** Text that a database holds: without NUL, and without halves of characters. */
export const storableText = (maximum: number) =>
  z
    .string()
    .trim()
    .max(maximum)
    .refine((value) => !/[\0\p{Surrogate}]/u.test(value), {
      error: 'Must be text without NUL and without halves of characters.',
    });

const text = storableText(100).min(1);
const list = <Item extends z.ZodType>(item: Item) => z.array(item).max(maximumFilterValues).default([]);
const instant = z.iso.datetime().nullable().default(null);

export const tagMatches = ['ANY', 'ALL', 'NONE'] as const;
export type TagMatch = (typeof tagMatches)[number];

export const fieldOperators = ['EQUALS', 'NOT_EQUALS', 'AT_LEAST', 'AT_MOST', 'IS_SET'] as const;
export type FieldOperator = (typeof fieldOperators)[number];

const customField = z.object({
  key: storableText(50).min(1),
  operator: z.enum(fieldOperators).default('EQUALS'),
  /** Null with IS_SET only. */
  value: z
    .union([storableText(1000), z.number(), z.boolean()])
    .nullable()
    .default(null),
});
export type CustomFieldFilter = z.output<typeof customField>;

/**
 * Which conversations a report or an export counts: all that are named hold, an empty list and null let everything
 * pass. Times are those when a conversation took place, else when it came in; `to` is excluded.
 */
export const reportFilter = z
  .object({
    from: instant,
    to: instant,
    teamIds: list(z.uuid()),
    tags: list(text),
    tagMatch: z.enum(tagMatches).default('ANY'),
    statuses: list(z.enum(conversationStatuses)),
    ownerIds: list(z.uuid()),
    contactIds: list(z.uuid()),
    media: list(z.enum(media)),
    customFields: z.array(customField).max(20).default([]),
    /** Results of runs of these kinds only. */
    runKinds: list(z.enum(runKinds)),
    /** Results that these revisions brought only. */
    revisionIds: list(z.uuid()),
  })
  .refine(({ from, to }) => from === null || to === null || from < to, {
    path: ['to'],
    error: 'The end of the range is after its start.',
  })
  .refine(
    ({ customFields }) => customFields.every(({ operator, value }) => (operator === 'IS_SET') === (value === null)),
    {
      path: ['customFields'],
      error: 'Every operator but IS_SET needs a value.',
    },
  );
export type ReportFilter = z.output<typeof reportFilter>;
export type ReportFilterInput = z.input<typeof reportFilter>;

/** Lets every conversation pass. */
export const everything: ReportFilter = reportFilter.parse({});
