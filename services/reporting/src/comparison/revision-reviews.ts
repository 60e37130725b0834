import type { Principal } from '@harmony/access';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { CataloguedDefinition } from '../read-model/project-catalogue.js';
import { reviewOf, type ChangeGroup, type AskedAgain, type Review } from './domain/review.js';
import { ReviewedRevisions, type Baseline, type ReviewedRevision } from './reviewed-revisions.js';
import { askedAgainSql, conversationCountsSql, groupsSql, type ConversationCounts } from './sql/figures.js';

/** What a revision does to what is in force, as far as its reader may read. */
export interface RevisionReview extends Review<CataloguedDefinition> {
  readonly revisionId: string;
  readonly projectId: string;
  readonly comparedWith: Baseline;
  readonly isFinished: boolean;
  readonly conversations: ConversationCounts;
}

interface GroupRow extends Omit<ChangeGroup, 'numbers'> {
  readonly count: number;
  readonly sumBefore: number | null;
  readonly sumAfter: number | null;
  readonly difference: number | null;
  readonly squaredDifference: number | null;
}

/** Reviews of revisions before, or after, they are made live (F34). */
@Injectable()
export class RevisionReviews {
  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    private readonly revisions: ReviewedRevisions,
  ) {}

  /** @throws HarmonyError as {@link ReviewedRevisions.find} does. */
  async review(principal: Principal, revisionId: string): Promise<RevisionReview> {
    const revision = await this.revisions.find(principal, revisionId);
    const [groups, again, conversations] = await Promise.all([
      this.groups(principal, revision),
      this.askedAgain(principal, revision),
      this.conversations(principal, revision),
    ]);
    const { projectId, comparedWith, isFinished, isDrawing } = revision;
    return {
      ...{ revisionId: revision.revisionId, projectId, comparedWith, isFinished, conversations },
      ...reviewOf(revision.definitions, { groups, again, isDrawing }, { isFinished, conversations }),
    };
  }

  private async groups(principal: Principal, revision: ReviewedRevision): Promise<ChangeGroup[]> {
    const { sql, parameters } = groupsSql(principal, revision);
    const rows = await this.database.query<GroupRow>(principal.workspaceId, sql, parameters);
    return rows.map(({ count, sumBefore, sumAfter, difference, squaredDifference, ...group }) => ({
      ...group,
      numbers: {
        ...{ count, before: sumBefore ?? 0, after: sumAfter ?? 0 },
        ...{ difference: difference ?? 0, squaredDifference: squaredDifference ?? 0 },
      },
    }));
  }

  private async askedAgain(principal: Principal, revision: ReviewedRevision): Promise<AskedAgain[]> {
    const { sql, parameters } = askedAgainSql(principal, revision);
    return this.database.query<AskedAgain>(principal.workspaceId, sql, parameters);
  }

  private async conversations(principal: Principal, revision: ReviewedRevision): Promise<ConversationCounts> {
    const { sql, parameters } = conversationCountsSql(principal, revision);
    const [counts] = await this.database.query<ConversationCounts>(principal.workspaceId, sql, parameters);
    return counts ?? { planned: 0, processed: 0, failed: 0, skipped: 0, pending: 0 };
  }
}
