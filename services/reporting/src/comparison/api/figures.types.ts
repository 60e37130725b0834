import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { Flip } from '../domain/agreement.js';
import type { ChangeCause } from '../domain/change.js';
import type { Interval } from '../domain/interval.js';
import type { RecommendationCode } from '../domain/recommendation.js';
import type { CauseCount } from '../domain/review.js';
import type { Shift } from '../domain/shift.js';
import type { NoiseFloor, Volatility, VolatilityRating } from '../domain/volatility.js';
import { ChangeCauseEnum, RecommendationCodeEnum, VolatilityRatingEnum } from './comparison.enums.js';

@ObjectType('ConfidenceInterval', { description: 'A 95 % interval; both ends belong to it.' })
export class ConfidenceIntervalType implements Interval {
  @Field(() => Float, { description: 'Lower end, in the unit of what it belongs to.' })
  low!: number;

  @Field(() => Float, { description: 'Upper end, in the unit of what it belongs to.' })
  high!: number;
}

@ObjectType('Volatility', { description: 'How much of what is in force changes.' })
export class VolatilityType implements Volatility {
  @Field(() => VolatilityRatingEnum, { nullable: true, description: 'By the share; null where nothing is compared.' })
  rating!: VolatilityRating | null;

  @Field(() => Int, { description: 'Results that are other ones.' })
  changed!: number;

  @Field(() => Int, { description: 'Results that are there before and after.' })
  compared!: number;

  @Field(() => Float, { nullable: true, description: 'Changed of the compared, 0 to 1; null for none.' })
  share!: number | null;

  @Field(() => ConfidenceIntervalType, { nullable: true, description: 'Of the share, by Wilson; null for none.' })
  interval!: Interval | null;

  @Field({ description: 'Whether fewer than 20 results are compared, so that the rating rests on few.' })
  restsOnFew!: boolean;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether more changed than answers move by themselves; null where that was not measured on 20 or more.',
  })
  exceedsNoise!: boolean | null;
}

@ObjectType('NoiseFloor', {
  description: 'How much answers move by themselves: some were asked again although nothing had changed.',
})
export class NoiseFloorType implements NoiseFloor {
  @Field(() => Int, { description: 'Repeated answers that are other ones.' })
  changed!: number;

  @Field(() => Int, { description: 'Answers that were repeated.' })
  compared!: number;

  @Field(() => Float, { nullable: true, description: 'Changed of the repeated, 0 to 1; null for none.' })
  share!: number | null;

  @Field(() => ConfidenceIntervalType, { nullable: true, description: 'Of the share, by Wilson; null for none.' })
  interval!: Interval | null;

  @Field({ description: 'Whether fewer than 20 were repeated, so that the rating does not look at them.' })
  restsOnFew!: boolean;
}

@ObjectType('Flip', { description: 'Results that went from one category to another, or stayed.' })
export class FlipType implements Flip {
  @Field(() => String, { nullable: true, description: 'YES, NO, or the key before; null: nobody spoke of it.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'The same with the revision.' })
  after!: string | null;

  @Field(() => Int, { description: 'How many results.' })
  cells!: number;
}

@ObjectType('Shift', { description: 'How far a number moved, over conversations that have one before and after.' })
export class ShiftType implements Shift {
  @Field(() => Int, { description: 'Such conversations.' })
  count!: number;

  @Field(() => Float, { description: 'In the unit of the definition: points, steps of the scale, per cent.' })
  meanBefore!: number;

  @Field(() => Float, { description: 'In the same unit.' })
  meanAfter!: number;

  @Field(() => Float, { description: 'Mean of after less before, in the same unit.' })
  mean!: number;

  @Field(() => ConfidenceIntervalType, {
    nullable: true,
    description: 'Of that mean, paired, in the same unit; null for fewer than two conversations.',
  })
  interval!: Interval | null;
}

@ObjectType('ChangeCauseCount', { description: 'How many results changed for a cause.' })
export class ChangeCauseCountType implements CauseCount {
  @Field(() => ChangeCauseEnum, { description: 'Which input is another one.' })
  cause!: ChangeCause;

  @Field(() => Int, { description: 'Results that changed.' })
  cells!: number;
}

@ObjectType('Recommendation', { description: 'What a review comes to.' })
export class RecommendationType {
  @Field(() => RecommendationCodeEnum, { description: 'For programs.' })
  code!: RecommendationCode;

  @Field({ description: 'For people: one sentence.' })
  sentence!: string;
}
