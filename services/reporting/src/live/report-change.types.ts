import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { ReportChange } from './report-change.js';

@ObjectType('ReportChange', {
  description:
    'The report of a project has something new: ask for it again, or for the cards that are named. The first one only says where the listening began, unless something was missed.',
})
export class ReportChangeType implements ReportChange {
  @Field(() => ID, { description: 'Of the project.' })
  projectId!: string;

  @Field({ description: 'Pass it as since after a reconnect, and nothing is missed.' })
  cursor!: string;

  @Field(() => Int, {
    description: 'Conversations that the reader may read and whose results, scores or properties changed.',
  })
  conversationCount!: number;

  @Field(() => [ID], { description: 'Definitions with changed results.' })
  definitionIds!: string[];

  @Field({ description: 'The project itself, its definitions or rules, or what is in force changed.' })
  isProjectChanged!: boolean;
}
