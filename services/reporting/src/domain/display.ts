import { z } from 'zod';

/** Graphs show figures and how they go over time; a list shows counts and the latest results. */
export const displayForms = ['GRAPHS', 'LIST'] as const;
export type DisplayForm = (typeof displayForms)[number];

export const trendIntervals = ['DAY', 'WEEK', 'MONTH'] as const;
export type TrendInterval = (typeof trendIntervals)[number];

/** Latest results that a card shows at most. */
export const maximumLatest = 20;

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** How a report is shown. */
export const reportDisplay = z.object({
  as: z.enum(displayForms).default('GRAPHS'),
  /** Null: by the length of the range. */
  interval: z.enum(trendIntervals).nullable().default(null),
  timeZone: z
    .string()
    .max(100)
    .refine(isTimeZone, { error: 'Must be a time zone of the IANA database, for instance Europe/Berlin.' })
    .default('UTC'),
  latest: z.int().min(0).max(maximumLatest).default(5),
});
export type ReportDisplay = z.output<typeof reportDisplay>;
