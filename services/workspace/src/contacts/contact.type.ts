import { connectionOf, GraphQLJSONObject } from '@harmony/api';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType('Contact', { description: 'An external participant of conversations.' })
export class ContactType {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true })
  company!: string | null;

  @Field(() => GraphQLJSONObject, { description: 'Values of the custom fields for contacts, by key.' })
  customFields!: Readonly<Record<string, unknown>>;
}

@ObjectType('ContactConnection')
export class ContactConnection extends connectionOf(ContactType, 'Contact') {}

@InputType()
export class AddContactInput {
  @Field()
  name!: string;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => String, { nullable: true })
  company?: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true })
  customFields?: Record<string, unknown>;
}

@InputType({ description: 'What is absent stays as it is; null empties a field.' })
export class ChangeContactInput {
  @Field({ nullable: true })
  name?: string;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => String, { nullable: true })
  company?: string | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'All values, since they replace the ones before.' })
  customFields?: Record<string, unknown>;
}
