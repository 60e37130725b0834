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
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { conversationsProjection } from '../projections/conversations.projection.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import { AbortUpload } from '../uploads/abort-upload.js';
import { CompleteUpload } from '../uploads/complete-upload.js';
import { StartUpload } from '../uploads/start-upload.js';
import { UploadStreams } from '../uploads/upload-streams.js';
import { UploadViews, type UploadView } from '../uploads/upload-view.js';
import { SubmitConversationPayload } from './conversation.types.js';
import { CompleteUploadInput, StartUploadInput, UploadType } from './upload.types.js';

/** Recordings in parts, in GraphQL; the parts themselves go to their addresses. */
@Resolver(() => UploadType)
export class UploadResolver {
  constructor(
    private readonly starting: StartUpload,
    private readonly completing: CompleteUpload,
    private readonly aborting: AbortUpload,
    private readonly uploads: UploadStreams,
    private readonly views: UploadViews,
    private readonly conversations: ConversationQueries,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  @Query(() => UploadType, { description: 'What has arrived of an upload; NOT_FOUND but for whoever started it.' })
  async upload(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Of the upload.' }) id: string,
  ): Promise<UploadView> {
    return this.views.of(await this.uploads.find(id, principal));
  }

  @Mutation(() => UploadType, { description: 'Begins to take a recording in parts.' })
  async startUpload(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'The file, and what is known of the conversation.' })
    { startedAt, ...input }: StartUploadInput,
  ): Promise<UploadView> {
    const { upload, position } = await this.starting.execute(
      { ...input, startedAt: startedAt?.toISOString() },
      request,
    );
    await this.progress.waitFor(conversationsProjection.name, position);
    return upload;
  }

  @Mutation(() => SubmitConversationPayload, { description: 'Makes a recording of the parts, and queues it.' })
  async completeUpload(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the upload.' }) id: string,
    @Args('input', { nullable: true, description: 'Absent: nothing is known of the bytes.' })
    input?: CompleteUploadInput,
  ): Promise<SubmitConversationPayload> {
    const principal = requirePrincipal(request);
    const position = await this.completing.execute(id, input, request);
    await this.progress.waitFor(conversationsProjection.name, position);
    return { conversation: await this.conversations.byId(principal, id) };
  }

  @Mutation(() => Boolean, { description: 'Stops an upload; nothing of it and its conversation stays.' })
  async abortUpload(
    @CurrentRequest() request: RequestContext,
    @Args('id', { type: () => ID, description: 'Of the upload.' }) id: string,
  ): Promise<boolean> {
    const position = await this.aborting.execute(id, request);
    await this.progress.waitFor(conversationsProjection.name, position);
    return true;
  }
}
