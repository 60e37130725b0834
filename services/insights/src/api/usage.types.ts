import { enumOf, ModelUsageType } from '@harmony/api';
import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { usageGroups, usageKinds, type SpendingView, type UsageKind, type UsageView } from '../usage/usage-queries.js';

export const UsageGroupEnum = enumOf(usageGroups);
export const UsageKindEnum = enumOf(usageKinds);

registerEnumType(UsageGroupEnum, {
  name: 'UsageGroup',
  description: 'What usage is told apart by.',
  valuesMap: {
    DAY: { description: 'By day (UTC).' },
    PROJECT: { description: 'By project.' },
    DEFINITION: { description: 'By definition or criterion, and by what else was done.' },
  },
});
registerEnumType(UsageKindEnum, {
  name: 'UsageKind',
  description: 'What was done.',
  valuesMap: {
    TRANSCRIPTION: { description: 'Writing down what was said.' },
    EXTRACTION: { description: 'Gathering what it says.' },
    CRITERION: { description: 'Judging whether a conversation belongs into a project.' },
    DEFINITION: { description: 'Answering a definition.' },
    TRIAL: { description: 'Trying a definition out.' },
  },
});

@ObjectType('Usage', { description: 'What was spent. What it is not told apart by is null.' })
export class UsageType extends ModelUsageType implements UsageView {
  @Field(() => Date, { nullable: true, description: 'When the day (UTC) began.' })
  day!: Date | null;

  @Field(() => ID, { nullable: true, description: 'Null also for what belongs to no project.' })
  projectId!: string | null;

  @Field(() => UsageKindEnum, { nullable: true, description: 'What was done.' })
  kind!: UsageKind | null;

  @Field(() => ID, { nullable: true, description: 'The definition or the criterion; null for all else.' })
  subjectId!: string | null;

  @Field(() => Float, {
    description:
      'Minutes of recordings that were transcribed, each time that they were, on the day on which they were. They belong to no project and no definition: a recording is transcribed once, whoever asks about it.',
  })
  transcribedMinutes!: number;

  @Field(() => Float, {
    description:
      'Minutes of the transcribed recordings that definitions were answered about: of the workspace, of a day, of a project or of a definition. A recording counts in full, and once, in every row that it belongs to, so rows can come to more than all of them together. An answer that is used again counts no minutes.',
  })
  answeredMinutes!: number;
}

@ObjectType('InsightSpending', { description: 'What was spent in the last 24 hours, by the hour.' })
export class InsightSpendingType implements SpendingView {
  @Field(() => Float, { description: 'Calls of the model.' })
  calls!: number;

  @Field(() => Float, { description: 'Tokens, in and out.' })
  tokens!: number;

  @Field(() => Float, { description: 'Millionths of a US dollar.' })
  costMicros!: number;
}
