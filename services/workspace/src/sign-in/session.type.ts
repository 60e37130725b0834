import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { UserType } from '../users/user.type.js';

@ObjectType({ description: 'Send the access token as "Authorization: Bearer …" until it expires.' })
export class Session {
  @Field()
  accessToken!: string;

  @Field(() => GraphQLISODateTime)
  expiresAt!: Date;

  @Field(() => ID)
  userId!: string;

  @Field(() => ID)
  workspaceId!: string;
}

@ObjectType()
export class Workspace {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;
}

@ObjectType({ description: 'Who is asking, and what they may do.' })
export class Viewer {
  @Field(() => UserType, { description: 'You, or who created the API key.' })
  user!: UserType;

  @Field(() => Workspace)
  workspace!: Workspace;

  @Field(() => ID, { nullable: true, description: 'The API key that the request came with.' })
  apiKeyId!: string | null;

  @Field(() => ID)
  roleId!: string;

  @Field(() => [String], { description: 'resource:action:scope, sorted.' })
  permissions!: string[];
}
