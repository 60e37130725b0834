import { CurrentPrincipal, type Principal } from '@harmony/access';
import { PageArguments, type Connection } from '@harmony/api';
import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import { RevisionChanges, type ResultChange } from '../revision-changes.js';
import { RevisionReviews, type RevisionReview } from '../revision-reviews.js';
import { ResultChangeConnection, RevisionChangesArguments } from './changes.types.js';
import { RevisionReviewType } from './review.types.js';

/** Comparing a revision with what is in force, in GraphQL. */
@Resolver()
export class ComparisonResolver {
  constructor(
    private readonly reviews: RevisionReviews,
    private readonly changes: RevisionChanges,
  ) {}

  @Query(() => RevisionReviewType, {
    description:
      'What a revision does to what is in force, counted. UNKNOWN_REVISION for one that is not there for this reader; FEATURE_DISABLED where the workspace has no revisions.',
  })
  reviewRevision(
    @CurrentPrincipal() principal: Principal,
    @Args('revisionId', { type: () => ID, description: 'Of the revision.' }) revisionId: string,
  ): Promise<RevisionReview> {
    return this.reviews.review(principal, revisionId);
  }

  @Query(() => ResultChangeConnection, {
    description:
      'Results before and after, side by side; the newest conversation first, in the order of the report. UNKNOWN_REVISION and UNKNOWN_DEFINITION for what is not there for this reader; FEATURE_DISABLED where the workspace has no revisions.',
  })
  revisionChanges(
    @CurrentPrincipal() principal: Principal,
    @Args() { revisionId, definitionId, changes }: RevisionChangesArguments,
    @Args() page: PageArguments,
  ): Promise<Connection<ResultChange>> {
    const question = { revisionId, definitionId: definitionId ?? null, changes: changes ?? ('CHANGED' as const) };
    return this.changes.page(principal, question, page);
  }
}
