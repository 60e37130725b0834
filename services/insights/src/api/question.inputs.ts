import { Field, InputType, Int } from '@nestjs/graphql';
import { FixedInsightTypeEnum } from './insight-enums.js';

@InputType({ description: 'A bucket or a stage that an answer can be.' })
export class QuestionPartInput {
  @Field({ description: '1 to 50 letters, digits, hyphens and underscores; each once a question.' })
  key!: string;

  @Field({ description: '1 to 100 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What belongs into it; at most 1,000 characters.' })
  description?: string | null;
}

@InputType({ description: 'Something that a conversation should bring.' })
export class ChecklistItemInput {
  @Field({ description: '1 to 50 letters, digits, hyphens and underscores; each once a checklist.' })
  key!: string;

  @Field({ description: '1 to 500 characters.' })
  text!: string;
}

@InputType({ description: 'What a value of a scale means.' })
export class ScaleLabelInput {
  @Field(() => Int, { description: 'A value of the scale.' })
  value!: number;

  @Field({ description: '1 to 200 characters.' })
  label!: string;
}

@InputType({ description: 'Which competitors are mentioned, and how they stand.' })
export class CompetitorsQuestionInput {
  @Field(() => [String], { nullable: true, description: 'Names to look for, at most 100; others are found too.' })
  track?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Names that are no competitors, at most 100.' })
  exclude?: string[] | null;
}

@InputType({ description: 'A question that is answered in words.' })
export class OpenQuestionInput {
  @Field({ description: '1 to 1,000 characters.' })
  question!: string;
}

@InputType({ description: 'A question that is answered with yes or no.' })
export class YesNoQuestionInput {
  @Field({ description: '1 to 1,000 characters.' })
  question!: string;
}

@InputType({ description: 'Items that are met or not, each with a reason.' })
export class ChecklistQuestionInput {
  @Field(() => [ChecklistItemInput], { description: '1 to 50, in the order of the report.' })
  items!: ChecklistItemInput[];
}

@InputType({ description: 'A note in Markdown, by a prompt of your own.' })
export class MarkdownQuestionInput {
  @Field({ description: '1 to 10,000 characters.' })
  prompt!: string;
}

@InputType({ description: 'Which of your buckets a conversation belongs into.' })
export class GroupQuestionInput {
  @Field(() => [QuestionPartInput], { description: '2 to 30.' })
  buckets!: QuestionPartInput[];
}

@InputType({ description: 'A whole number on a scale of your own, of at most 101 steps.' })
export class ScaleQuestionInput {
  @Field({ description: '1 to 1,000 characters.' })
  question!: string;

  @Field(() => Int, { nullable: true, description: 'The lowest value, -1,000 to 1,000; absent: 1.' })
  min?: number | null;

  @Field(() => Int, { nullable: true, description: 'The highest value, above the lowest; absent: 5.' })
  max?: number | null;

  @Field(() => [ScaleLabelInput], { nullable: true, description: 'What values mean; not every value needs one.' })
  labels?: ScaleLabelInput[] | null;
}

@InputType({ description: 'Which stage a conversation has reached.' })
export class FunnelQuestionInput {
  @Field(() => [QuestionPartInput], { description: '2 to 30, in the order in which a deal goes through them.' })
  stages!: QuestionPartInput[];
}

@InputType({ isOneOf: true, description: 'What is asked. Exactly one field is set; it is the kind of the question.' })
export class QuestionInput {
  @Field(() => FixedInsightTypeEnum, { nullable: true, description: 'A question that is the same for everybody.' })
  fixed?: keyof typeof FixedInsightTypeEnum;

  @Field({ nullable: true, description: 'COMPETITORS.' })
  competitors?: CompetitorsQuestionInput;

  @Field({ nullable: true, description: 'OPEN_QUESTION.' })
  openQuestion?: OpenQuestionInput;

  @Field({ nullable: true, description: 'YES_NO.' })
  yesNo?: YesNoQuestionInput;

  @Field({ nullable: true, description: 'CHECKLIST.' })
  checklist?: ChecklistQuestionInput;

  @Field({ nullable: true, description: 'MARKDOWN.' })
  markdown?: MarkdownQuestionInput;

  @Field({ nullable: true, description: 'GROUP.' })
  group?: GroupQuestionInput;

  @Field({ nullable: true, description: 'SCALE.' })
  scale?: ScaleQuestionInput;

  @Field({ nullable: true, description: 'FUNNEL.' })
  funnel?: FunnelQuestionInput;
}
