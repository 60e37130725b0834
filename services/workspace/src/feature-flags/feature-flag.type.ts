import { connectionOf } from '@harmony/api';
import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType('FeatureFlag', { description: 'A part of the product that a workspace can switch on.' })
export class FeatureFlagType {
  @Field()
  flag!: string;

  @Field()
  enabled!: boolean;
}

@ObjectType('FeatureFlagConnection')
export class FeatureFlagConnection extends connectionOf(FeatureFlagType, 'FeatureFlag') {}
