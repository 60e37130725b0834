import { ActionItemType, EvidenceType } from '@harmony/api';
import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import type { ExtractionView, QuestionView } from '../read-model/extraction-view.js';
import { ConversationStatisticsType } from './statistics.types.js';

@ObjectType('KeyPoint', { description: 'Something that matters in a conversation.' })
export class KeyPointType {
  @Field({ description: 'In a sentence or so.' })
  text!: string;

  @Field(() => [EvidenceType], { description: 'Words that support it; at least one.' })
  evidence!: EvidenceType[];
}

@ObjectType('ExtractedActionItem', { description: 'Something that somebody will do, and where they say so.' })
export class ExtractedActionItemType extends ActionItemType {
  @Field(() => [EvidenceType], { description: 'Words that support it; at least one.' })
  evidence!: EvidenceType[];
}

@ObjectType('AskedQuestion', { description: 'A question that somebody asks in a conversation.' })
export class AskedQuestionType implements QuestionView {
  @Field({ description: 'As it was asked.' })
  text!: string;

  @Field({ description: 'Code of the speaker who asks.' })
  speakerCode!: string;

  @Field({ description: 'Name of the speaker who asks.' })
  speakerName!: string;

  @Field(() => EvidenceType, { description: 'Where in the transcript.' })
  evidence!: EvidenceType;
}

@ObjectType('ExtractingAnalyst', { description: 'Who read the conversation.' })
export class ExtractingAnalystType {
  @Field({ description: 'local: the analyst that Harmony brings along; langchain: a language model.' })
  engine!: string;

  @Field({ description: 'For instance openai:gpt-4o-mini.' })
  model!: string;

  @Field({ description: 'The analyst that is built in: no network, nothing to pay.' })
  isLocal!: boolean;

  @Field({ description: 'Version of its rules, or of its prompt.' })
  templateVersion!: string;
}

@ObjectType('ConversationExtraction', { description: 'What a conversation says, before any definition asks.' })
export class ConversationExtractionType implements Omit<
  ExtractionView,
  'keyPoints' | 'actionItems' | 'topics' | 'questions' | 'statistics'
> {
  @Field(() => ID, { description: 'Of the conversation.' })
  conversationId!: string;

  @Field(() => Int, { description: 'Grows by one with every extraction of the same conversation.' })
  version!: number;

  @Field(() => Int, { description: 'Of the transcript that was read; what evidence quotes.' })
  transcriptVersion!: number;

  @Field({ description: 'Empty where there is nothing to sum up.' })
  summary!: string;

  @Field(() => [KeyPointType], { description: 'What matters, each with its evidence.' })
  keyPoints!: KeyPointType[];

  @Field(() => [ExtractedActionItemType], { description: 'What somebody will do, each with its evidence.' })
  actionItems!: ExtractedActionItemType[];

  @Field(() => [String], { description: 'What it is about, the weightiest first; at most 20.' })
  topics!: string[];

  @Field(() => [AskedQuestionType], { description: 'Questions as they were asked; the first 500.' })
  questions!: AskedQuestionType[];

  @Field(() => ConversationStatisticsType, { description: 'Figures per speaker and per side.' })
  statistics!: ConversationStatisticsType;

  @Field(() => ExtractingAnalystType, { description: 'Who read the conversation.' })
  analyst!: ExtractingAnalystType;

  @Field(() => GraphQLISODateTime, { description: 'When it was recorded.' })
  extractedAt!: Date;
}
