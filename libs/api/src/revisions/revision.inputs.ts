import { maximumNoiseSample, maximumRevisionDays, type ConversationStatus, type StartStage } from '@harmony/contracts';
import { Field, GraphQLISODateTime, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { enumOf } from '../enum-of.js';
import { ConversationStatusEnum } from '../filter-types.js';
import { StartStageEnum } from './revision-enums.js';

/** Days that the presets of the form reach back (F24). */
export const presetDays = { LAST_7_DAYS: 7, LAST_30_DAYS: 30, LAST_90_DAYS: 90 } as const;
export type RevisionRange = keyof typeof presetDays;

export const RevisionRangeEnum = enumOf(Object.keys(presetDays) as RevisionRange[]);
registerEnumType(RevisionRangeEnum, {
  name: 'RevisionRange',
  description: 'How far back from now a revision reaches.',
  valuesMap: {
    LAST_7_DAYS: { description: '7 days.' },
    LAST_30_DAYS: { description: '30 days.' },
    LAST_90_DAYS: { description: '90 days.' },
  },
});

@InputType('RevisionInput', {
  description:
    'Which past conversations of a project are run again, and from where on. A conversation is in the range by when it took place, else by when it came in.',
})
export class RevisionFormInput {
  @Field(() => ID, { description: 'Of the project.' })
  projectId!: string;

  @Field(() => RevisionRangeEnum, {
    nullable: true,
    description: 'Up to now; not together with from. Absent without from: LAST_7_DAYS.',
  })
  range?: RevisionRange | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Start of a range of your own; included.' })
  from?: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: `With from only: its end, excluded, at most ${maximumRevisionDays} days behind it. Absent: now.`,
  })
  to?: Date | null;

  @Field(() => StartStageEnum, { nullable: true, description: 'Where it begins; absent: AUTO.' })
  startStage?: StartStage | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Completed conversations too, which definitions that have changed need; absent: incomplete ones only.',
  })
  includeCompleted?: boolean | null;

  @Field(() => [ConversationStatusEnum], {
    nullable: true,
    description: 'Conversations of exactly these statuses, whatever includeCompleted says; empty or absent: by that.',
  })
  statuses?: ConversationStatus[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Asks everything again, also what has not changed.' })
  force?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many unchanged results are asked again, to learn how much answers move by themselves: at most ${maximumNoiseSample}; absent: none.`,
  })
  noiseSample?: number | null;
}
