import { InsightTypeEnum } from '@harmony/api';
import type { InsightType } from '@harmony/contracts';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { CataloguedDefinition } from '../../read-model/project-catalogue.js';
import type { Attribution } from '../domain/attribution.js';
import type { Flip } from '../domain/agreement.js';
import type { Recommendation } from '../domain/recommendation.js';
import type { CauseCount, DefinitionReview, ReviewFigures } from '../domain/review.js';
import type { Shift } from '../domain/shift.js';
import type { NoiseFloor, Volatility } from '../domain/volatility.js';
import type { Baseline } from '../reviewed-revisions.js';
import type { RevisionReview } from '../revision-reviews.js';
import type { ConversationCounts } from '../sql/figures.js';
import { AttributionType } from './attribution.types.js';
import { ComparedWithEnum } from './comparison.enums.js';
import {
  ChangeCauseCountType,
  FlipType,
  NoiseFloorType,
  RecommendationType,
  ShiftType,
  VolatilityType,
} from './figures.types.js';

@ObjectType({ isAbstract: true })
class ReviewFiguresType implements ReviewFigures {
  @Field(() => Int, { description: 'Results that are there before and after.' })
  compared!: number;

  @Field(() => Int, { description: 'Those of them that are other ones.' })
  changed!: number;

  @Field(() => Int, { description: 'Results that are there with the revision only.' })
  added!: number;

  @Field(() => Int, { description: 'Results that are not there any more with the revision.' })
  removed!: number;

  @Field(() => Int, { description: 'Results that the revision asked for and did not get.' })
  failed!: number;

  @Field(() => Int, { description: 'Results that are changed, added or removed.' })
  affected!: number;

  @Field(() => [ChangeCauseCountType], { description: 'Why results changed; causes without any are left out.' })
  causes!: readonly CauseCount[];

  @Field(() => VolatilityType, { description: 'Changed of the compared results.' })
  volatility!: Volatility;

  @Field(() => NoiseFloorType, { description: 'What of it may be noise.' })
  noise!: NoiseFloor;

  @Field(() => AttributionType, { description: 'What made results change, as far as somebody has looked into it.' })
  attribution!: Attribution;

  @Field(() => RecommendationType, { description: 'What to do next.' })
  recommendation!: Recommendation;
}

@ObjectType('ReviewedDefinition', { description: 'A definition as it is now.' })
export class ReviewedDefinitionType {
  @Field(() => ID, { description: 'Of the definition.' })
  id!: string;

  @Field({ description: 'As people call it.' })
  title!: string;

  @Field(() => InsightTypeEnum, { description: 'What kind of question it asks.' })
  type!: InsightType;

  @Field({ description: 'Whether it is asked of new conversations.' })
  isActive!: boolean;
}

@ObjectType('DefinitionReview', { description: 'What a revision does to the results of one definition.' })
export class DefinitionReviewType extends ReviewFiguresType implements DefinitionReview<CataloguedDefinition> {
  @Field(() => ReviewedDefinitionType, { description: 'Whose results they are.' })
  definition!: CataloguedDefinition;

  @Field(() => [FlipType], {
    nullable: true,
    description: 'What went where, the most frequent first; null for types without categories.',
  })
  flips!: readonly Flip[] | null;

  @Field(() => Float, {
    nullable: true,
    description:
      "Cohen's kappa of before and after, -1 to 1; null for types without categories and where it means nothing.",
  })
  kappa!: number | null;

  @Field(() => ShiftType, { nullable: true, description: 'How far the number moved; null where there is none.' })
  shift!: Shift | null;
}

@ObjectType('ReviewedConversations', { description: 'How far a revision came; of those that the reader may read.' })
export class ReviewedConversationsType implements ConversationCounts {
  @Field(() => Int, { description: 'All that it covers.' })
  planned!: number;

  @Field(() => Int, { description: 'Those that were run again.' })
  processed!: number;

  @Field(() => Int, { description: 'Those for which nothing was found.' })
  failed!: number;

  @Field(() => Int, { description: 'Deleted meanwhile, or not begun when the revision was cancelled.' })
  skipped!: number;

  @Field(() => Int, { description: 'Those that are still awaited.' })
  pending!: number;
}

@ObjectType('RevisionReview', {
  description: 'A revision against what is in force, over the conversations that the reader may read.',
})
export class RevisionReviewType extends ReviewFiguresType implements RevisionReview {
  @Field(() => ID, { description: 'Of the revision.' })
  revisionId!: string;

  @Field(() => ID, { description: 'Of its project.' })
  projectId!: string;

  @Field(() => ComparedWithEnum, { description: 'What it is compared with.' })
  comparedWith!: Baseline;

  @Field({
    description:
      'Whether it has ended or was cancelled; of a cancelled one, answers that were under way may still come.',
  })
  isFinished!: boolean;

  @Field(() => ReviewedConversationsType, { description: 'How far it came.' })
  conversations!: ConversationCounts;

  @Field(() => [DefinitionReviewType], {
    description: 'By definition, in the order of the report; those without results on either side are left out.',
  })
  definitions!: readonly DefinitionReview<CataloguedDefinition>[];
}
