import {
  connectionOf,
  PlanEstimateType,
  PlanSummaryType,
  RevisionBadgeEnum,
  RevisionDigestType,
  RevisionOutcomeEnum,
  RevisionStageEnum,
} from '@harmony/api';
import type { RevisionBadge, RevisionDigest, RevisionOutcome, RevisionStage } from '@harmony/contracts';
import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { RevisionAction } from '../domain/revision-state.js';
import { RevisionActionEnum } from './revision-enums.js';
import {
  RevisionActorType,
  RevisionActualType,
  RevisionFormType,
  RevisionHistoryEntryType,
  RevisionPartType,
  RevisionProgressType,
  RevisionScopeChangeType,
} from './revision-parts.types.js';

@ObjectType('Revision', { description: 'The past of a project, run again.' })
export class RevisionType {
  @Field(() => ID, { description: 'Of the revision.' })
  id!: string;

  @Field(() => ID, { description: 'Of its project.' })
  projectId!: string;

  @Field(() => Int, { description: 'Counts the revisions of the project, from 1.' })
  number!: number;

  @Field(() => Int, {
    description:
      'Grows when the revision changes, or any revision of the project is made live; makeRevisionLive takes it as expectedVersion.',
  })
  version!: number;

  @Field(() => RevisionBadgeEnum, { description: 'What a row shows; computed from outcome and stage.' })
  badge!: RevisionBadge;

  @Field(() => RevisionOutcomeEnum, { description: 'How far it has come, and how it ended.' })
  outcome!: RevisionOutcome;

  @Field(() => RevisionStageEnum, { description: 'Whom it is there for.' })
  stage!: RevisionStage;

  @Field(() => Int, { description: '1, and one more for each retry.' })
  attempt!: number;

  @Field(() => [RevisionActionEnum], { description: 'What this reader can do with it now.' })
  actions!: RevisionAction[];

  @Field(() => GraphQLISODateTime, { description: 'When somebody asked for it.' })
  requestedAt!: Date;

  @Field(() => RevisionActorType, { description: 'Who asked for it.' })
  requestedBy!: RevisionActorType;

  @Field(() => GraphQLISODateTime, { description: 'When its last attempt began.' })
  startedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it ended or was cancelled.' })
  endedAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was put in force last.' })
  liveAt!: Date | null;

  @Field(() => RevisionDigestType, {
    nullable: true,
    description: 'What it had found when it was put in force last; null where none was computed. See revisionDigest.',
  })
  digest!: RevisionDigest | null;

  @Field(() => RevisionFormType, { nullable: true, description: 'Null for a part of another revision.' })
  input!: RevisionFormType | null;

  @Field(() => RevisionPartType, { nullable: true, description: 'Of which revision it is a part; null for none.' })
  part!: RevisionPartType | null;

  @Field(() => PlanSummaryType, { nullable: true, description: 'What it does; null until all of it is known.' })
  plan!: PlanSummaryType | null;

  @Field(() => PlanEstimateType, {
    nullable: true,
    description: 'What it was going to take; null until it is planned.',
  })
  estimate!: PlanEstimateType | null;

  @Field(() => RevisionActualType, { nullable: true, description: 'What it took; null until it has ended by itself.' })
  actual!: RevisionActualType | null;

  @Field(() => String, { nullable: true, description: 'Why it could not be planned: a stable error code.' })
  planFailureCode!: string | null;

  @Field(() => RevisionScopeChangeType, {
    nullable: true,
    description: 'That it covers other conversations than its preview said; null where it does not.',
  })
  scopeChange!: RevisionScopeChangeType | null;

  @Field(() => RevisionProgressType, { description: 'How far it is.' })
  progress!: RevisionProgressType;

  @Field(() => [RevisionHistoryEntryType], { description: 'Who did what to it; the first entry is the oldest.' })
  history!: RevisionHistoryEntryType[];
}

@ObjectType('RevisionConnection', { description: 'Revisions of a project, newest first.' })
export class RevisionConnection extends connectionOf(RevisionType, 'Revision') {}

@ObjectType('RevisionConflict', { description: 'A conversation with newer results than a revision has.' })
export class RevisionConflictType {
  @Field(() => ID, { description: 'Of the conversation.' })
  conversationId!: string;

  @Field(() => GraphQLISODateTime, { description: 'When its newest ordinary run started.' })
  newerSince!: Date;
}

@ObjectType('RevisionConflictConnection', {
  description: 'Conversations whose newer results a revision would replace.',
})
export class RevisionConflictConnection extends connectionOf(RevisionConflictType, 'RevisionConflict') {
  @Field(() => Int, { description: 'All of them, those included that the reader may not read.' })
  totalCount!: number;
}

@ObjectType('RevisionAvailability', { description: 'Whether the reader can do something.' })
export class RevisionAvailabilityType {
  @Field({ description: 'True: they can.' })
  isEnabled!: boolean;

  @Field(() => String, { nullable: true, description: 'Why not; null where they can.' })
  disabledReason!: string | null;
}

@ObjectType('RevisionsAccess', { description: 'What the reader can do with the revisions of a project.' })
export class RevisionsAccessType {
  @Field(() => RevisionAvailabilityType, { description: 'Look at them: the tab of revisions.' })
  tab!: RevisionAvailabilityType;

  @Field(() => RevisionAvailabilityType, { description: 'Begin a new one, and change those that are there.' })
  newRevision!: RevisionAvailabilityType;
}

@ObjectType('RevisionChange', { description: 'Revisions of a project that have changed.' })
export class RevisionChangeType {
  @Field(() => ID, { description: 'Of the project.' })
  projectId!: string;

  @Field(() => [RevisionType], { description: 'As they are now; newest first.' })
  revisions!: RevisionType[];
}

@InputType('PreviewedScopeInput', {
  description: 'What a preview said of the scope, so that a change of it is noticed.',
})
export class PreviewedScopeInput {
  @Field(() => Int, { description: 'Conversations.' })
  conversations!: number;

  @Field({ description: 'scopeDigest of the summary.' })
  scopeDigest!: string;
}
