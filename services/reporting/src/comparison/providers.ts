import type { Parts } from '../api/parts.js';
import { ComparisonResolver } from './api/comparison.resolver.js';
import { RevisionChanges } from './revision-changes.js';
import { RevisionReviews } from './revision-reviews.js';

/** A revision against what is in force; `ReviewedRevisions` comes with the exports, which both faces write. */
export const comparisonProviders: Parts = {
  controllers: [],
  providers: [RevisionReviews, RevisionChanges, ComparisonResolver],
};
