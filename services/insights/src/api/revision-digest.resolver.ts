import { CurrentPrincipal, type Principal } from '@harmony/access';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { CheckDigest, type DigestCheck } from '../revisions/digest/check-digest.js';
import { RevisionDigestCheckType } from './revision-digest.types.js';

/** Digests of revisions, in GraphQL. */
@Resolver(() => RevisionDigestCheckType)
export class RevisionDigestResolver {
  constructor(private readonly checkDigest: CheckDigest) {}

  @Query(() => RevisionDigestCheckType, {
    description:
      'Whether what is stored of a revision is still what was published when it was put in force, for instance after the read models were built anew. Reads all of its results. Needs projects:read and the flag reports-rerun-tab.',
  })
  revisionDigest(
    @CurrentPrincipal() principal: Principal,
    @Args('revisionId', { type: () => ID, description: 'Of the revision.' }) revisionId: string,
  ): Promise<DigestCheck> {
    return this.checkDigest.of(principal, revisionId);
  }
}
