import { connectionOf } from '@harmony/api';
import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from '@nestjs/graphql';

@ObjectType('ApiKey', {
  description: 'A key for programs, sent as X-API-Key. The key itself is shown once, on creation.',
})
export class ApiKeyType {
  @Field(() => ID, { description: 'Of the API key; no secret.' })
  id!: string;

  @Field({ description: 'What its owner calls it.' })
  name!: string;

  @Field({ description: 'The last four characters, to tell keys apart.' })
  lastFour!: string;

  @Field(() => ID, { nullable: true, description: 'Null: the role of who created it, as it is at the time of use.' })
  roleId!: string | null;

  @Field(() => ID, { description: 'The user whose records count as own.' })
  createdBy!: string;

  @Field(() => GraphQLISODateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'From when on it is refused; null: never.' })
  expiresAt!: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Exact to a minute; null: never.' })
  lastUsedAt!: Date | null;
}

@ObjectType('ApiKeyConnection', { description: 'A page of API keys.' })
export class ApiKeyConnection extends connectionOf(ApiKeyType, 'ApiKey') {}

@ObjectType('CreatedApiKey', { description: 'A key that was just made.' })
export class CreatedApiKeyType {
  @Field(() => ApiKeyType, { description: 'As lists show it from now on.' })
  apiKey!: ApiKeyType;

  @Field(() => String, { nullable: true, description: 'The key: keep it now, it is never shown again.' })
  key!: string | null;
}

@InputType({ description: 'A new API key.' })
export class CreateApiKeyInput {
  @Field({ description: 'To tell it apart from others.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'Absent: your own role.' })
  roleId?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Absent: the key does not expire.' })
  expiresAt?: Date | null;
}
