import { connectionOf } from '@harmony/api';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType('Team')
export class TeamType {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;
}

@ObjectType('TeamConnection')
export class TeamConnection extends connectionOf(TeamType, 'Team') {}

@InputType()
export class TeamInput {
  @Field()
  name!: string;
}
