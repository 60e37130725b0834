import { connectionOf } from '@harmony/api';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType('Role', { description: 'What its holders may do. Every user has exactly one.' })
export class RoleType {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field(() => [String], { description: 'resource:action:scope, where all includes team and team includes own.' })
  permissions!: readonly string[];

  @Field({ description: 'Admin, Team Manager and User are fixed.' })
  builtIn!: boolean;
}

@ObjectType('RoleConnection')
export class RoleConnection extends connectionOf(RoleType, 'Role') {}

@InputType()
export class RoleInput {
  @Field()
  name!: string;

  @Field(() => [String], { description: 'resource:action:scope, none beyond your own.' })
  permissions!: string[];
}
