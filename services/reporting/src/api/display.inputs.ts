import { enumOf, parseInput } from '@harmony/api';
import { Field, InputType, Int, registerEnumType } from '@nestjs/graphql';
import {
  displayForms,
  reportDisplay,
  trendIntervals,
  type DisplayForm,
  type ReportDisplay,
  type TrendInterval,
} from '../domain/display.js';
import { given } from './given.js';

export const DisplayFormEnum = enumOf(displayForms);
registerEnumType(DisplayFormEnum, {
  name: 'ReportDisplayForm',
  description: 'What a report shows.',
  valuesMap: {
    GRAPHS: { description: 'Figures and how they go over time, and the latest results where figures say little.' },
    LIST: { description: 'Counts and the latest results of every definition, without trends.' },
  },
});

export const TrendIntervalEnum = enumOf(trendIntervals);
registerEnumType(TrendIntervalEnum, {
  name: 'TrendInterval',
  description: 'How long a point of a trend is.',
  valuesMap: {
    DAY: { description: 'From midnight to midnight in the time zone.' },
    WEEK: { description: 'From Monday on, as ISO 8601 has it.' },
    MONTH: { description: 'Of the calendar.' },
  },
});

@InputType({ description: 'How a report is shown.' })
export class ReportDisplayInput {
  @Field(() => DisplayFormEnum, { nullable: true, description: 'Absent: GRAPHS.' })
  as?: DisplayForm | null;

  @Field(() => TrendIntervalEnum, {
    nullable: true,
    description:
      'Absent: by the length of the range, DAY up to 31 days, WEEK up to 182, else MONTH. A trend has at most 400 points.',
  })
  interval?: TrendInterval | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where days begin: a time zone of the IANA database, for instance Europe/Berlin; absent: UTC.',
  })
  timeZone?: string | null;

  @Field(() => Int, { nullable: true, description: 'Latest results a card, 0 to 20; absent: 5.' })
  latest?: number | null;
}

/** @throws HarmonyError INVALID_INPUT with a pointer for each field that is refused. */
export const displayOf = (input: ReportDisplayInput | null | undefined): ReportDisplay =>
  parseInput(reportDisplay, given(input ?? {}));
