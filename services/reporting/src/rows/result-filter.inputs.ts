import {
  ChecklistOutcomeEnum,
  CompetitorStanceEnum,
  parseInput,
  ResultOutcomeEnum,
  SpinQuadrantEnum,
} from '@harmony/api';
import type { ChecklistOutcome, CompetitorStance, ResultOutcome, SpinQuadrant } from '@harmony/contracts';
import { Field, Float, InputType } from '@nestjs/graphql';
import { resultFilter, type ResultFilter } from './result-filter.js';

@InputType({ description: 'What became of an item of a checklist.' })
export class ItemFilterInput {
  @Field({ description: 'Key of the item.' })
  key!: string;

  @Field(() => ChecklistOutcomeEnum, { description: 'Whether it was found.' })
  outcome!: ChecklistOutcome;
}

@InputType({ description: 'A competitor that was spoken of.' })
export class CompetitorFilterInput {
  @Field({ description: 'Its name, without regard to case; at most 200 characters.' })
  name!: string;

  @Field(() => CompetitorStanceEnum, { nullable: true, description: 'How it stands with the customer; absent: any.' })
  stance?: CompetitorStance | null;
}

@InputType('ResultFilterInput', {
  description:
    'Which results of a definition are shown: all that is given must hold. What its type of question does not have matches none.',
})
export class ResultFilterArgument {
  @Field(() => [ResultOutcomeEnum], {
    nullable: true,
    description: 'With any of these outcomes; absent: with all but DROPPED, which is never shown.',
  })
  outcomes?: ResultOutcome[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'YES_NO, GROUP, FUNNEL: any of these answers, which are YES, NO, or keys of buckets or stages.',
  })
  choices?: string[] | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'BUYER_ENGAGEMENT, SCALE: the value; CHECKLIST: items that are met; DISCOUNT: the rate in per cent. This or more.',
  })
  minimum?: number | null;

  @Field(() => Float, { nullable: true, description: 'The same number: this or less.' })
  maximum?: number | null;

  @Field(() => ItemFilterInput, { nullable: true, description: 'CHECKLIST: what became of this item.' })
  item?: ItemFilterInput | null;

  @Field(() => CompetitorFilterInput, { nullable: true, description: 'COMPETITORS: this one was spoken of.' })
  competitor?: CompetitorFilterInput | null;

  @Field(() => SpinQuadrantEnum, {
    nullable: true,
    description: 'SPIN_DISTRIBUTION: such questions were asked; SPIN_IMPROVEMENT: they were neglected.',
  })
  quadrant?: SpinQuadrant | null;

  @Field(() => Boolean, { nullable: true, description: 'DISCOUNT: whether one was spoken of.' })
  isDiscussed?: boolean | null;
}

/** @throws HarmonyError INVALID_INPUT with a pointer for each field that is refused. */
export const resultFilterOf = (input: ResultFilterArgument | null | undefined): ResultFilter =>
  parseInput(resultFilter, { ...input });
