import { CurrentPrincipal, type Principal } from '@harmony/access';
import { Args, ID, Resolver, Subscription } from '@nestjs/graphql';
import { ProjectCatalogue } from '../read-model/project-catalogue.js';
import { ReportChangeType } from './report-change.types.js';
import type { ReportChange } from './report-change.js';
import { ReportFeed } from './report-feed.js';

/** Live reports in GraphQL (F48). */
@Resolver(() => ReportChangeType)
export class LiveResolver {
  constructor(
    private readonly projects: ProjectCatalogue,
    private readonly feed: ReportFeed,
  ) {}

  @Subscription(() => ReportChangeType, {
    description:
      'Says that the report of a project has changed, at most twice a second, as far as the reader may read it.',
    resolve: (change: ReportChange) => change,
  })
  async reportChanged(
    @CurrentPrincipal() principal: Principal,
    @Args('projectId', { type: () => ID, description: 'Of the project.' }) projectId: string,
    @Args('since', {
      type: () => String,
      nullable: true,
      description: 'The cursor of the last message that was heard; absent: from now on.',
    })
    since: string | null,
  ): Promise<AsyncIterableIterator<ReportChange>> {
    const { id } = await this.projects.of(principal, projectId, { asOf: null, revisionId: null });
    return this.feed.listen(principal, id, since ?? undefined);
  }
}
