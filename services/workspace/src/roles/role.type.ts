import { connectionOf } from '@harmony/api';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType('Role', { description: 'What its holders may do. Every user has exactly one.' })
export class RoleType {
  @Field(() => ID, { description: 'Of the role.' })
  id!: string;

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field(() => [String], { description: 'resource:action:scope, where all includes team and team includes own.' })
  permissions!: readonly string[];

  @Field({ description: 'Admin, Team Manager and User are fixed.' })
  builtIn!: boolean;
}

@ObjectType('RoleConnection', { description: 'A page of roles.' })
export class RoleConnection extends connectionOf(RoleType, 'Role') {}

@InputType({ description: 'A role as it is to be.' })
export class RoleInput {
  @Field({ description: 'What people call it; unique in the workspace.' })
  name!: string;

  @Field(() => [String], { description: 'resource:action:scope, none beyond your own.' })
  permissions!: string[];
}
