import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { UserType } from '../users/user.type.js';

@ObjectType({ description: 'Send the access token as "Authorization: Bearer …" until it expires.' })
export class Session {
  @Field({ description: 'Who carries it is signed in.' })
  accessToken!: string;

  @Field(() => GraphQLISODateTime, { description: 'From when on it is refused.' })
  expiresAt!: Date;

  @Field(() => ID, { description: 'Who is signed in.' })
  userId!: string;

  @Field(() => ID, { description: 'Where they are signed in.' })
  workspaceId!: string;
}

@ObjectType({ description: 'An organisation and all that belongs to it.' })
export class Workspace {
  @Field(() => ID, { description: 'Of the workspace.' })
  id!: string;

  @Field({ description: 'What people call it.' })
  name!: string;
}

@ObjectType({ description: 'Who is asking, and what they may do.' })
export class Viewer {
  @Field(() => UserType, { description: 'You, or who created the API key.' })
  user!: UserType;

  @Field(() => Workspace, { description: 'Where you are.' })
  workspace!: Workspace;

  @Field(() => ID, { nullable: true, description: 'The API key that the request came with.' })
  apiKeyId!: string | null;

  @Field(() => ID, { description: 'The role by which the request is judged.' })
  roleId!: string;

  @Field(() => [String], { description: 'resource:action:scope, sorted.' })
  permissions!: string[];
}
