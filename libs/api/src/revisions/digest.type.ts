import type { RevisionDigest } from '@harmony/contracts';
import { Field, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('RevisionDigest', { description: 'All that a revision found, as one figure.' })
export class RevisionDigestType implements RevisionDigest {
  @Field(() => Int, { description: 'Conversations that it has results of.' })
  conversations!: number;

  @Field(() => Int, { description: 'Results in them.' })
  results!: number;

  @Field({ description: 'SHA-256 over them, in hexadecimal digits.' })
  sha256!: string;
}
