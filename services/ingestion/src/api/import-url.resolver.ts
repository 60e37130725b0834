import {
  CurrentPrincipal,
  CurrentRequest,
  requirePrincipal,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import type { ProjectionProgress } from '@harmony/read-model';
import { PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject } from '@nestjs/common';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CheckUrl, type UrlCheck } from '../import-url/check-url.js';
import { ImportUrl } from '../import-url/import-url.js';
import { conversationsProjection } from '../projections/conversations.projection.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import { SubmitConversationPayload } from './conversation.types.js';
import { ImportUrlInput, UrlCheckType } from './import-url.types.js';

/** Links in GraphQL. */
@Resolver()
export class ImportUrlResolver {
  constructor(
    private readonly imports: ImportUrl,
    private readonly check: CheckUrl,
    private readonly queries: ConversationQueries,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  @Query(() => UrlCheckType, {
    description: 'Says whether a link can be imported, by asking its server. For use while somebody types.',
  })
  checkUrl(
    @CurrentPrincipal() principal: Principal,
    @Args('url', { description: 'As somebody typed it.' }) url: string,
  ): Promise<UrlCheck> {
    return this.check.execute(principal, url);
  }

  @Mutation(() => SubmitConversationPayload, {
    description: 'Takes in a link to a recording or a transcript and queues it; the file is fetched in the background.',
  })
  async importUrl(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The link, and what is known of the conversation.' })
    { startedAt, ...input }: ImportUrlInput,
  ): Promise<SubmitConversationPayload> {
    const wanted = { ...input, startedAt: startedAt?.toISOString() };
    const { conversationId, position } = await this.imports.execute(wanted, request);
    await this.progress.waitFor(conversationsProjection.name, position);
    return { conversation: await this.queries.byId(requirePrincipal(request), conversationId) };
  }
}
