import type { AttributedCause } from '@harmony/contracts';
import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { Attribution, CauseShare } from '../domain/attribution.js';
import type { Interval } from '../domain/interval.js';
import { ChangeCauseEnum } from './comparison.enums.js';
import { ConfidenceIntervalType } from './figures.types.js';

@ObjectType('AttributedCause', { description: 'How many changed results one input alone makes other ones.' })
export class AttributedCauseType implements CauseShare {
  @Field(() => ChangeCauseEnum, {
    description: 'Which input; NOTHING_CHANGED is the same question to the same analyst once more.',
  })
  cause!: AttributedCause;

  @Field(() => Int, { description: 'Results of which this input is another one, and was tried by itself.' })
  tried!: number;

  @Field(() => Int, { description: 'Those of them that it alone makes other ones.' })
  changed!: number;

  @Field(() => Float, {
    description:
      'Of the results that were looked into, but for those where it could not be tried, 0 to 1; one may have several causes.',
  })
  share!: number;

  @Field(() => ConfidenceIntervalType, { nullable: true, description: 'Of the share, by Wilson.' })
  interval!: Interval | null;
}

@ObjectType('Attribution', {
  description: 'What made results change: some were asked again with one input of now at a time. See attributeChanges.',
})
export class AttributionType implements Attribution {
  @Field({ description: 'Whether changed results are still being drawn.' })
  isDrawing!: boolean;

  @Field(() => Int, { description: 'Changed results that were drawn by lot.' })
  drawn!: number;

  @Field(() => Int, { description: 'Those that are still awaited.' })
  pending!: number;

  @Field(() => Int, {
    description:
      'Those of which nothing was learnt: what they were made from is gone, or the analyst is another one by now or failed.',
  })
  unknown!: number;

  @Field(() => Int, { description: 'Those that were looked into.' })
  attributed!: number;

  @Field(() => Int, {
    description: 'Those of them that no input changes by itself: all of them together do, or chance.',
  })
  together!: number;

  @Field(() => [AttributedCauseType], { description: 'By cause; those that were never tried are left out.' })
  causes!: readonly CauseShare[];
}
