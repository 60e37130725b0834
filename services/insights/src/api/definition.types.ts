import { connectionOf, QuestionUnion, YesNoEnum, type QuestionView } from '@harmony/api';
import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { DefinitionVersionView, DefinitionView } from '../read-model/views.js';
import { DefinitionChangeEnum } from './insight-enums.js';
import { QuestionInput } from './question.inputs.js';

@ObjectType({ isAbstract: true })
abstract class AskedType {
  @Field(() => Int, { description: '1 for the first; a new one whenever an answer may depend on the change.' })
  version!: number;

  @Field(() => QuestionUnion, { description: 'What is asked.' })
  question!: QuestionView;

  @Field({ description: 'What the analyst should know beside; empty for nothing.' })
  context!: string;

  @Field({ description: 'Whether the project’s knowledge and the handbook go with the question.' })
  usesKnowledge!: boolean;

  @Field({ description: 'When it came to be.' })
  createdAt!: Date;
}

@ObjectType('DefinitionVersion', { description: 'A definition as it was asked once; it never changes.' })
export class DefinitionVersionType extends AskedType implements DefinitionVersionView {
  definitionId!: string;
}

@ObjectType('DefinitionVersionConnection', { description: 'A page of versions of a definition.' })
export class DefinitionVersionConnection extends connectionOf(DefinitionVersionType, 'DefinitionVersion') {}

@ObjectType('Definition', {
  description: 'One question or measure, asked of every conversation that belongs into its project.',
})
export class DefinitionType extends AskedType implements DefinitionView {
  @Field(() => ID, { description: 'Id of the definition.' })
  id!: string;

  @Field(() => ID, { description: 'The project that it belongs to.' })
  projectId!: string;

  @Field({ description: 'What people call it.' })
  title!: string;

  @Field(() => YesNoEnum, { description: 'Which answer of a yes/no question counts as success.' })
  successAnswer!: 'YES' | 'NO';

  @Field({ description: 'What people hope for; empty for nothing.' })
  desiredOutcome!: string;

  @Field({ description: 'Whether new conversations are asked.' })
  isActive!: boolean;

  @Field({ description: 'Whether it was removed; what it was answered stays with its conversations.' })
  isRemoved!: boolean;

  @Field({ description: 'When it was last changed in any way.' })
  updatedAt!: Date;
}

@InputType({ description: 'A new definition.' })
export class CreateDefinitionInput {
  @Field({ description: '1 to 200 characters.' })
  title!: string;

  @Field({ description: 'What is asked. Its kind never changes.' })
  question!: QuestionInput;

  @Field(() => String, {
    nullable: true,
    description: 'What the analyst should know beside; at most 4,000 characters.',
  })
  context?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the project’s knowledge and the handbook go with the question; absent: they do.',
  })
  usesKnowledge?: boolean | null;

  @Field(() => YesNoEnum, {
    nullable: true,
    description: 'Which answer of a yes/no question counts as success; absent: YES.',
  })
  successAnswer?: 'YES' | 'NO' | null;

  @Field(() => String, { nullable: true, description: 'What people hope for; at most 1,000 characters.' })
  desiredOutcome?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether new conversations are asked; absent: they are.' })
  isActive?: boolean | null;
}

@InputType({ description: 'What changes of a definition; what is absent stays.' })
export class ChangeDefinitionInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters. Changes no answer.' })
  title?: string | null;

  @Field(() => QuestionInput, { nullable: true, description: 'What is asked, of the same kind as before.' })
  question?: QuestionInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the analyst should know beside; at most 4,000 characters.',
  })
  context?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the project’s knowledge and the handbook go with the question.',
  })
  usesKnowledge?: boolean | null;

  @Field(() => YesNoEnum, {
    nullable: true,
    description: 'Which answer of a yes/no question counts as success. Changes no answer.',
  })
  successAnswer?: 'YES' | 'NO' | null;

  @Field(() => String, { nullable: true, description: 'At most 1,000 characters. Changes no answer.' })
  desiredOutcome?: string | null;
}

@ObjectType('ChangeDefinitionPayload', { description: 'What became of a change.' })
export class ChangeDefinitionPayload {
  @Field(() => DefinitionChangeEnum, { description: 'Whether another question is asked from now on.' })
  change!: keyof typeof DefinitionChangeEnum;

  @Field({ description: 'As it is now.' })
  definition!: DefinitionType;
}
