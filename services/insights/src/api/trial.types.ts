import { FoundType } from '@harmony/api';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { QuestionInput } from './question.inputs.js';

@InputType({ description: 'A question that is tried before it is saved.' })
export class TryDefinitionInput {
  @Field(() => ID, { nullable: true, description: 'Whose language and knowledge are used; absent: English, and none.' })
  projectId?: string | null;

  @Field(() => QuestionInput, { description: 'What is asked.' })
  question!: QuestionInput;

  @Field(() => String, {
    nullable: true,
    description: 'What the analyst should know beside; at most 4,000 characters.',
  })
  context?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the project’s knowledge and the handbook go with the question; absent: yes.',
  })
  usesKnowledge?: boolean | null;

  @Field(() => [ID], { description: '1 to 5.' })
  conversationIds!: string[];
}

@ObjectType('TrialResult', { description: 'What a question that is only tried found; it is kept nowhere.' })
export class TrialResultType extends FoundType {
  @Field(() => ID, { description: 'Of the conversation.' })
  conversationId!: string;
}
