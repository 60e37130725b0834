import { connectionOf, GraphQLJSONObject } from '@harmony/api';
import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType('User', { description: 'A member of the workspace.' })
export class UserType {
  @Field(() => ID, { description: 'Of the user.' })
  id!: string;

  @Field({ description: 'For signing in.' })
  email!: string;

  @Field({ description: 'As others see it.' })
  name!: string;

  @Field(() => ID, { description: 'Their one role.' })
  roleId!: string;

  @Field(() => [ID], { description: 'The teams that they belong to.' })
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

@ObjectType('UserConnection', { description: 'A page of users.' })
export class UserConnection extends connectionOf(UserType, 'User') {}

@InputType({ description: 'A new member of the workspace.' })
export class AddUserInput {
  @Field({ description: 'For signing in; unique in the workspace, in any case.' })
  email!: string;

  @Field({ description: 'As others see it.' })
  name!: string;

  @Field(() => ID, { description: 'A role with no more permissions than your own.' })
  roleId!: string;

  @Field(() => [ID], { defaultValue: [], description: 'The teams that they belong to.' })
  teamIds!: string[];

  @Field({ defaultValue: 'UTC', description: 'A name of the IANA time zone database, for instance Europe/Vienna.' })
  timezone!: string;

  @Field({ defaultValue: 'en', description: 'A BCP 47 language tag, for instance en or de-AT.' })
  language!: string;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'Values of the custom fields for users, by key.' })
  customFields?: Record<string, unknown>;

  @Field({
    nullable: true,
    description: 'For the local sign-in, 12 to 200 characters; not needed with OpenID Connect.',
  })
  password?: string;
}

@InputType({ description: 'What is absent stays as it is.' })
export class UserProfileInput {
  @Field({ nullable: true, description: 'As others see it.' })
  name?: string;

  @Field({ nullable: true, description: 'A name of the IANA time zone database, for instance Europe/Vienna.' })
  timezone?: string;

  @Field({ nullable: true, description: 'A BCP 47 language tag, for instance en or de-AT.' })
  language?: string;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'All values, since they replace the ones before.' })
  customFields?: Record<string, unknown>;
}
