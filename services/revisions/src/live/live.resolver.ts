import { CurrentPrincipal, type Principal } from '@harmony/access';
import { Args, ID, Resolver, Subscription } from '@nestjs/graphql';
import { revisionType } from '../api/revision-type.js';
import { RevisionChangeType } from '../api/revision.types.js';
import { RevisionQueries } from '../read-model/revision-queries.js';
import { RevisionFeed, type RevisionChange } from './revision-feed.js';

/** Revisions that go on before the reader's eyes (F30). */
@Resolver(() => RevisionChangeType)
export class LiveResolver {
  constructor(
    private readonly queries: RevisionQueries,
    private readonly feed: RevisionFeed,
  ) {}

  @Subscription(() => RevisionChangeType, {
    description:
      'How the revisions of a project go on: first those that are under way, then whatever changes, at most twice a second.',
    resolve: ({ projectId, revisions }: RevisionChange) => ({ projectId, revisions: revisions.map(revisionType) }),
  })
  async revisionChanged(
    @CurrentPrincipal() principal: Principal,
    @Args('projectId', { type: () => ID, description: 'Of the project.' }) projectId: string,
  ): Promise<AsyncIterableIterator<RevisionChange>> {
    await this.queries.requireProject(principal, projectId);
    return this.feed.listen(principal, projectId.toLowerCase());
  }
}
