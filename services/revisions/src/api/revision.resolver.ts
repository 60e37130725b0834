import { CurrentPrincipal, CurrentRequest, type Principal, type RequestContext } from '@harmony/access';
import { PageArguments, RevisionFormInput, revisionInputOf, type Connection } from '@harmony/api';
import { maximumAttributionSample } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { CLOCK } from '@harmony/runtime';
import { Inject } from '@nestjs/common';
import { Args, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { RevisionAccess } from '../access/revision-access.js';
import { MakeLive } from '../commands/make-live.js';
import { RevisionCommands } from '../commands/revision-commands.js';
import { ConflictQueries, type ConflictConnection } from '../read-model/conflict-queries.js';
import { ParkedQueries } from '../read-model/parked-queries.js';
import { RevisionQueries } from '../read-model/revision-queries.js';
import { revisionType } from './revision-type.js';
import {
  PreviewedScopeInput,
  RevisionConflictConnection,
  RevisionConnection,
  RevisionsAccessType,
  RevisionType,
} from './revision.types.js';

const id = { type: () => ID, description: 'Id of the revision.' } as const;
const seenVersion = {
  ...{ type: () => Int, nullable: true },
  description: 'version of the revision as the caller saw it; another one now: REVISION_CHANGED.',
} as const;
const project = { type: () => ID, description: 'Id of the project.' } as const;

/** Revisions in GraphQL. */
@Resolver(() => RevisionType)
export class RevisionResolver {
  constructor(
    private readonly queries: RevisionQueries,
    private readonly conflicts: ConflictQueries,
    private readonly parked: ParkedQueries,
    private readonly access: RevisionAccess,
    private readonly commands: RevisionCommands,
    private readonly flip: MakeLive,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Query(() => RevisionConnection, { description: 'Revisions of a project, newest first.' })
  async revisions(
    @CurrentPrincipal() principal: Principal,
    @Args('projectId', project) projectId: string,
    @Args() page: PageArguments,
  ): Promise<Connection<RevisionType>> {
    const { edges, pageInfo } = await this.queries.list(principal, projectId, page);
    return { pageInfo, edges: edges.map(({ cursor, node }) => ({ cursor, node: revisionType(node) })) };
  }

  @Query(() => RevisionType, { description: 'One revision; UNKNOWN_REVISION when there is none for this reader.' })
  async revision(@CurrentPrincipal() principal: Principal, @Args('id', id) revisionId: string): Promise<RevisionType> {
    return revisionType(await this.queries.byId(principal, revisionId));
  }

  @ResolveField(() => Int, {
    description:
      'Streams of it with an event that a read model could not apply, so that readers would not see all of it; while there are any, it cannot be published or made live: REVISION_PARKED.',
  })
  async parkedStreams(
    @CurrentPrincipal() principal: Principal,
    @Parent() { id: revisionId }: RevisionType,
  ): Promise<number> {
    return (await this.parked.byId(principal, revisionId))?.streams ?? 0;
  }

  @Query(() => RevisionsAccessType, { description: 'Whether the reader can look at revisions and begin new ones.' })
  async revisionsAccess(
    @CurrentPrincipal() principal: Principal,
    @Args('projectId', project) projectId: string,
  ): Promise<RevisionsAccessType> {
    await this.queries.readProject(principal, projectId);
    const [tab, newRevision] = await Promise.all([this.access.tab(principal), this.access.newRevision(principal)]);
    return { tab, newRevision };
  }

  @Query(() => RevisionConflictConnection, {
    description: 'Conversations whose newer ordinary results would be replaced if the revision was made live.',
  })
  async revisionConflicts(
    @CurrentPrincipal() principal: Principal,
    @Args('id', id) revisionId: string,
    @Args() page: PageArguments,
  ): Promise<ConflictConnection> {
    const revision = await this.queries.byId(principal, revisionId);
    return this.conflicts.list(principal, revision.id, page);
  }

  @Mutation(() => RevisionType, {
    description:
      'Runs past conversations again, by the definitions of now. The revision is listed at once; it changes no report until it is made live.',
  })
  async createRevision(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'What to run again.' }) input: RevisionFormInput,
    @Args('previewed', {
      type: () => PreviewedScopeInput,
      nullable: true,
      description: 'What the preview said, so that scopeChange can tell of a change.',
    })
    previewed?: PreviewedScopeInput | null,
  ): Promise<RevisionType> {
    const form = revisionInputOf(input, this.clock.now());
    return revisionType(await this.commands.create(request, form, previewed ?? null));
  }

  @Mutation(() => RevisionType, {
    description: 'Stops a revision that is PROCESSING; what it has found stays a draft that cannot be published.',
  })
  async cancelRevision(@CurrentRequest() request: RequestContext, @Args('id', id) revisionId: string) {
    return revisionType(await this.commands.cancel(request, revisionId));
  }

  @Mutation(() => RevisionType, {
    description: 'Tries again what failed, and nothing else: of a draft that is FAILED or COMPLETED_WITH_ERRORS.',
  })
  async retryRevision(@CurrentRequest() request: RequestContext, @Args('id', id) revisionId: string) {
    return revisionType(await this.commands.retry(request, revisionId));
  }

  @Mutation(() => RevisionType, {
    description:
      'Has some of the changed results asked again, one input at a time, to learn what made them change: see attribution of reviewRevision. Costs up to a question for each input that is another one, and one more for all as it was; what was asked before is not asked again.',
  })
  async attributeChanges(
    @CurrentRequest() request: RequestContext,
    @Args('id', id) revisionId: string,
    @Args('sample', {
      type: () => Int,
      defaultValue: 40,
      description: `Changed results that are drawn by lot, 1 to ${maximumAttributionSample}.`,
    })
    sample: number,
  ): Promise<RevisionType> {
    return revisionType(await this.commands.attribute(request, revisionId, sample));
  }

  @Mutation(() => RevisionType, {
    description:
      'Makes a draft ready to be made live. Of some definitions only: gives back a new revision, a part, which is published once it is complete; the draft stays. REVISION_PARKED where readers would not see all of it.',
  })
  async publishRevision(
    @CurrentRequest() request: RequestContext,
    @Args('id', id) revisionId: string,
    @Args('definitionIds', { type: () => [ID], nullable: true, description: 'Of the revision; absent: all.' })
    definitionIds?: string[] | null,
  ): Promise<RevisionType> {
    return revisionType(await this.commands.publish(request, revisionId, definitionIds ?? undefined));
  }

  @Mutation(() => RevisionType, {
    description:
      'Puts a published revision in force, or a superseded one back in force: for every reader, in one step. REVISION_REPLACES_NEWER where conversations have newer ordinary results, REVISION_PARKED where readers would not see all of it.',
  })
  async makeRevisionLive(
    @CurrentRequest() request: RequestContext,
    @Args('id', id) revisionId: string,
    @Args('confirmReplacingNewer', {
      type: () => Boolean,
      defaultValue: false,
      description: 'Newer results of revisionConflicts may be replaced.',
    })
    confirmReplacingNewer: boolean,
    @Args('expectedVersion', seenVersion)
    expectedVersion?: number | null,
  ): Promise<RevisionType> {
    const expected = typeof expectedVersion === 'number' ? { expectedVersion } : {};
    return revisionType(await this.flip.execute(request, revisionId, { confirmReplacingNewer, ...expected }));
  }

  @Mutation(() => RevisionType, {
    description:
      'Rolls the live revision back, for every reader and in one step, as if it had not been made live: what was in force before counts again, also where the one before it covers less or there was none. Newer ordinary results stay.',
  })
  async rollBackRevision(
    @CurrentRequest() request: RequestContext,
    @Args('id', id) revisionId: string,
    @Args('expectedVersion', seenVersion)
    expectedVersion?: number | null,
  ): Promise<RevisionType> {
    return revisionType(await this.commands.rollBack(request, revisionId, expectedVersion ?? undefined));
  }
}
