import { connectionOf, GraphQLJSONObject } from '@harmony/api';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType('Contact', { description: 'An external participant of conversations.' })
export class ContactType {
  @Field(() => ID, { description: 'Of the contact.' })
  id!: string;

  @Field({ description: 'As it was entered.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Null where none is known.' })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'Where they work; null where that is not known.' })
  company!: string | null;

  @Field(() => GraphQLJSONObject, { description: 'Values of the custom fields for contacts, by key.' })
  customFields!: Readonly<Record<string, unknown>>;
}

@ObjectType('ContactConnection', { description: 'A page of contacts.' })
export class ContactConnection extends connectionOf(ContactType, 'Contact') {}

@InputType({ description: 'A new contact.' })
export class AddContactInput {
  @Field({ description: '1 to 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'An email address; absent: none is known.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Where they work, at most 200 characters.' })
  company?: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'Values of the custom fields for contacts, by key.' })
  customFields?: Record<string, unknown>;
}

@InputType({ description: 'What is absent stays as it is; null empties a field.' })
export class ChangeContactInput {
  @Field({ nullable: true, description: '1 to 200 characters.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'An email address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Where they work.' })
  company?: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'All values, since they replace the ones before.' })
  customFields?: Record<string, unknown>;
}
