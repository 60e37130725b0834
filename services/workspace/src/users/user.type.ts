import { connectionOf, GraphQLJSONObject } from '@harmony/api';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType('User', { description: 'A member of the workspace.' })
export class UserType {
  @Field(() => ID)
  id!: string;

  @Field()
  email!: string;

  @Field()
  name!: string;

  @Field(() => ID)
  roleId!: string;

  @Field(() => [ID])
  teamIds!: readonly string[];

  @Field({ description: 'A name of the IANA time zone database.' })
  timezone!: string;

  @Field({ description: 'A BCP 47 language tag.' })
  language!: string;

  @Field(() => GraphQLJSONObject, { description: 'Values of the custom fields for users, by key.' })
  customFields!: Readonly<Record<string, unknown>>;

  @Field({ description: 'True for somebody who left; their conversations stay.' })
  removed!: boolean;
}

@ObjectType('UserConnection')
export class UserConnection extends connectionOf(UserType, 'User') {}

@InputType()
export class AddUserInput {
  @Field()
  email!: string;

  @Field()
  name!: string;

  @Field(() => ID)
  roleId!: string;

  @Field(() => [ID], { defaultValue: [] })
  teamIds!: string[];

  @Field({ defaultValue: 'UTC' })
  timezone!: string;

  @Field({ defaultValue: 'en' })
  language!: string;

  @Field(() => GraphQLJSONObject, { nullable: true })
  customFields?: Record<string, unknown>;

  @Field({
    nullable: true,
    description: 'For the local sign-in, 12 to 200 characters; not needed with OpenID Connect.',
  })
  password?: string;
}

@InputType({ description: 'What is absent stays as it is.' })
export class UserProfileInput {
  @Field({ nullable: true })
  name?: string;

  @Field({ nullable: true })
  timezone?: string;

  @Field({ nullable: true })
  language?: string;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'All values, since they replace the ones before.' })
  customFields?: Record<string, unknown>;
}
