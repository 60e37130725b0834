import { ConversationStatusEnum, StartStageEnum } from '@harmony/api';
import type { Actor, ConversationStatus, StartStage, Usage } from '@harmony/contracts';
import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import type { HistoryAction } from '../projections/history.js';
import type { ActualView, ProgressView } from '../read-model/progress-view.js';
import type { ActorView, HistoryEntryView, ScopeChangeView } from '../read-model/revision-view.js';
import { ActorKindEnum, RevisionHistoryActionEnum } from './revision-enums.js';

@ObjectType('RevisionActor', { description: 'Who did something.' })
export class RevisionActorType implements ActorView {
  @Field(() => ActorKindEnum, { description: 'A person, a program, or Harmony itself.' })
  kind!: Actor['kind'];

  @Field({ description: 'Of the user or the key; of Harmony, the part of it.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Of a user of the workspace, also of a former one; else null.' })
  name!: string | null;
}

@ObjectType('RevisionHistoryEntry', { description: 'Who did what to a revision, and when.' })
export class RevisionHistoryEntryType implements HistoryEntryView {
  @Field(() => RevisionHistoryActionEnum, { description: 'What was done.' })
  action!: HistoryAction;

  @Field(() => GraphQLISODateTime, { description: 'When.' })
  at!: Date;

  @Field(() => RevisionActorType, { description: 'Who.' })
  by!: ActorView;

  @Field(() => ID, {
    nullable: true,
    description: 'Of MADE_LIVE the revision that it replaced, null for none; of SUPERSEDED the one that replaced it.',
  })
  otherRevisionId!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Of MADE_LIVE: conversations whose newer results were replaced, as this person confirmed; null for none.',
  })
  replacedNewer!: number | null;
}

@ObjectType('RevisionForm', { description: 'What was asked for.' })
export class RevisionFormType {
  @Field(() => GraphQLISODateTime, { description: 'Start of the range; included.' })
  from!: Date;

  @Field(() => GraphQLISODateTime, { description: 'End of the range; excluded.' })
  to!: Date;

  @Field(() => StartStageEnum, { description: 'Where it begins.' })
  startStage!: StartStage;

  @Field({ description: 'Completed conversations too.' })
  includeCompleted!: boolean;

  @Field(() => [ConversationStatusEnum], { description: 'Exactly these, unless there is none.' })
  statuses!: ConversationStatus[];

  @Field({ description: 'Everything is asked again.' })
  force!: boolean;

  @Field(() => Int, { description: 'Unchanged results that are asked again for the noise floor, at most.' })
  noiseSample!: number;
}

@ObjectType('RevisionPart', { description: 'Some definitions of another revision.' })
export class RevisionPartType {
  @Field(() => ID, { description: 'Of the other one.' })
  ofRevisionId!: string;

  @Field(() => [ID], { description: 'What is taken over from it; everything else is as it was in force.' })
  definitionIds!: string[];
}

@ObjectType('RevisionUsage', { description: 'What models took.' })
export class RevisionUsageType implements Usage {
  @Field(() => Float, { description: 'Calls: a whole number.' })
  calls!: number;

  @Field(() => Float, { description: 'Tokens that were sent: a whole number.' })
  inputTokens!: number;

  @Field(() => Float, { description: 'Tokens that came back: a whole number.' })
  outputTokens!: number;

  @Field(() => Float, { description: 'Millionths of a US dollar, by the prices that are set: a whole number.' })
  costMicros!: number;
}

@ObjectType('RevisionProgress', { description: 'How far a revision is, in conversations.' })
export class RevisionProgressType implements ProgressView {
  @Field(() => Int, { description: 'That it covers; grows until isPlanned.' })
  planned!: number;

  @Field({ description: 'Whether all of its scope is known.' })
  isPlanned!: boolean;

  @Field(() => Int, { description: 'No definition failed; of a cancelled revision some may have no result.' })
  completed!: number;

  @Field(() => Int, { description: 'Some definition failed.' })
  completedWithErrors!: number;

  @Field(() => Int, { description: 'Nothing could be answered.' })
  failed!: number;

  @Field(() => Int, { description: 'Deleted meanwhile, or not begun when it was cancelled.' })
  skipped!: number;

  @Field(() => Int, { description: 'Still to come.' })
  remaining!: number;

  @Field(() => Float, { nullable: true, description: 'Conversations a minute; null where nothing can be said.' })
  ratePerMinute!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Milliseconds until it ends, at this rate; null where nothing can be said.',
  })
  remainingMs!: number | null;

  @Field(() => RevisionUsageType, { description: 'What it has taken so far.' })
  usage!: Usage;
}

@ObjectType('RevisionActual', { description: 'What a revision took in the end.' })
export class RevisionActualType implements ActualView {
  @Field(() => Float, { description: 'Calls of the analyst.' })
  calls!: number;

  @Field(() => Float, { description: 'Tokens, in and out.' })
  tokens!: number;

  @Field(() => Float, { description: 'Millionths of a US dollar, by the prices that are set.' })
  costMicros!: number;

  @Field(() => Float, { description: 'Of its last attempt, in milliseconds.' })
  durationMs!: number;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether calls, tokens and cost lie between the bounds of the estimate; null without an estimate of all of it, and after a retry.',
  })
  isAsEstimated!: boolean | null;
}

@ObjectType('RevisionScopeChange', { description: 'The plan covers other conversations than its preview said.' })
export class RevisionScopeChangeType implements ScopeChangeView {
  @Field(() => Int, { description: 'That the preview counted.' })
  previewedConversations!: number;

  @Field(() => Int, { description: 'That the plan covers.' })
  plannedConversations!: number;
}
