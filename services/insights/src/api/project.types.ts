import { connectionOf } from '@harmony/api';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { ProjectView } from '../read-model/views.js';
import { GoalType, ScorecardType } from './rule.types.js';

@ObjectType('Project', {
  description: 'One initiative: whose conversations it looks at, and what it asks of each of them.',
})
export class ProjectType implements Omit<ProjectView, 'criteria'> {
  @Field(() => ID, { description: 'Id of the project.' })
  id!: string;

  @Field({ description: 'What people call it.' })
  name!: string;

  @Field({ description: 'The language that answers are in, such as en or pt-BR.' })
  language!: string;

  @Field(() => [ID], { description: 'The teams whose conversations it looks at.' })
  teamIds!: string[];

  @Field({ description: 'Background for its questions: words, products, competitors, prices; empty for none.' })
  knowledge!: string;

  @Field(() => [GoalType], { description: 'Its goals, the first one first.' })
  goals!: GoalType[];

  @Field(() => [ScorecardType], { description: 'Its scorecards, the first one first.' })
  scorecards!: ScorecardType[];

  @Field(() => ID, { description: 'The user who created it.' })
  createdBy!: string;

  @Field({ description: 'When it was created.' })
  createdAt!: Date;

  @Field({ description: 'When anything of it was last changed, its definitions aside.' })
  updatedAt!: Date;

  @Field(() => Int, { description: 'Counts its changes, those of its definitions aside; never goes back.' })
  revision!: number;

  @Field({ description: 'Whether the reader keeps it at hand.' })
  isPinned!: boolean;
}

@ObjectType('ProjectConnection', { description: 'A page of projects.' })
export class ProjectConnection extends connectionOf(ProjectType, 'Project') {}

@InputType({ description: 'A new project.' })
export class CreateProjectInput {
  @Field({ description: '1 to 100 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The language that answers are in; absent: en.' })
  language?: string | null;

  @Field(() => [ID], { description: '1 to 100 teams whose conversations it looks at.' })
  teamIds!: string[];

  @Field(() => String, { nullable: true, description: 'Background for its questions; at most 20,000 characters.' })
  knowledge?: string | null;
}

@InputType({ description: 'What changes of a project; what is absent stays.' })
export class ChangeProjectInput {
  @Field(() => String, { nullable: true, description: '1 to 100 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The language that answers are in from now on.' })
  language?: string | null;

  @Field(() => [ID], { nullable: true, description: 'All of its teams, 1 to 100.' })
  teamIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Used from now on; at most 20,000 characters.' })
  knowledge?: string | null;
}
