import { RevisionDigestType } from '@harmony/api';
import type { RevisionDigest } from '@harmony/contracts';
import { Field, ObjectType } from '@nestjs/graphql';
import type { DigestCheck } from '../revisions/digest/check-digest.js';

@ObjectType('RevisionDigestCheck', {
  description: 'What was published of a revision, beside what is stored of it now.',
})
export class RevisionDigestCheckType implements DigestCheck {
  @Field(() => RevisionDigestType, {
    nullable: true,
    description: 'As it was put in force last; null where none was computed: it never was, or was a moment ago.',
  })
  published!: RevisionDigest | null;

  @Field(() => RevisionDigestType, { description: 'Computed right now from what is stored.' })
  stored!: RevisionDigest;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether both are the same; null where nothing is published. False with fewer conversations where some were deleted since.',
  })
  isEqual!: boolean | null;
}
