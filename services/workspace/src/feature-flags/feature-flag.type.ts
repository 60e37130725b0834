import { connectionOf } from '@harmony/api';
import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType('FeatureFlag', { description: 'A part of the product that a workspace can switch on.' })
export class FeatureFlagType {
  @Field({ description: 'Its name.' })
  flag!: string;

  @Field({ description: 'Whether the workspace has switched it on.' })
  enabled!: boolean;
}

@ObjectType('FeatureFlagConnection', { description: 'A page of feature flags.' })
export class FeatureFlagConnection extends connectionOf(FeatureFlagType, 'FeatureFlag') {}
