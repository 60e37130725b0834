import type { Parts } from '../api/parts.js';
import { ComparisonResolver } from './api/comparison.resolver.js';
import { ReviewedRevisions } from './reviewed-revisions.js';
import { RevisionChanges } from './revision-changes.js';
import { RevisionReviews } from './revision-reviews.js';

/** A revision against what is in force. */
export const comparisonProviders: Parts = {
  controllers: [],
  providers: [ReviewedRevisions, RevisionReviews, RevisionChanges, ComparisonResolver],
};
