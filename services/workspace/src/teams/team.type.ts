import { connectionOf } from '@harmony/api';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType('Team', { description: 'A group of users who may see conversations together.' })
export class TeamType {
  @Field(() => ID, { description: 'Of the team.' })
  id!: string;

  @Field({ description: 'What people call it.' })
  name!: string;
}

@ObjectType('TeamConnection', { description: 'A page of teams.' })
export class TeamConnection extends connectionOf(TeamType, 'Team') {}

@InputType({ description: 'A team as it is to be.' })
export class TeamInput {
  @Field({ description: 'What people call it; unique in the workspace.' })
  name!: string;
}
