import { CurrentPrincipal, CurrentRequest, type Principal, type RequestContext } from '@harmony/access';
import { parseInput, type Connection } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import type { ProjectionProgress } from '@harmony/read-model';
import { PROJECTION_PROGRESS } from '@harmony/runtime';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { conversationsProjection } from '../projections/conversations.projection.js';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import type { ConversationView } from '../read-model/conversation-row.js';
import { TranscriptQueries, type TurnView } from '../read-model/transcript-queries.js';
import type { SubmittedConversation } from '../submit-conversation/record-submission.js';
import { SubmitConversation } from '../submit-conversation/submit-conversation.js';
import {
  ApiQueryOf,
  conversationListSchema,
  conversationSchema,
  listQuerySchema,
  openApiSchema,
  submissionBody,
  submittedSchema,
  transcriptQuerySchema,
  transcriptSchema,
} from './rest-schemas.js';

/** A caller who has their conversation acknowledged need not wait long for the read model. */
const visibleWithinMs = 2_000;

interface Links {
  readonly self: string;
  readonly transcript: string;
}

type RestConversation = ConversationView & { readonly links: Links };

/** Conversations in REST. */
@ApiTags('conversations')
@Controller('v1/conversations')
export class ConversationController {
  constructor(
    private readonly queries: ConversationQueries,
    private readonly transcripts: TranscriptQueries,
    private readonly submission: SubmitConversation,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ operationId: 'submitConversation', summary: 'Takes in a pasted conversation and queues it.' })
  @ApiBody({ schema: submissionBody, required: true })
  @ApiResponse({ status: 202, description: 'Recorded and queued.', schema: openApiSchema(submittedSchema) })
  async submit(
    @Body() body: unknown,
    @CurrentRequest() request: RequestContext,
  ): Promise<{ id: string; status: SubmittedConversation['status']; links: Links }> {
    const { conversationId: id, status, position } = await this.submission.execute(body, request);
    await this.becameVisible(position);
    return { id, status, links: linksOf(id) };
  }

  @Get()
  @ApiOperation({ operationId: 'listConversations', summary: 'Conversations that the caller may see, newest first.' })
  @ApiQueryOf(listQuerySchema)
  @ApiResponse({ status: 200, description: 'One page.', schema: openApiSchema(conversationListSchema) })
  async list(@CurrentPrincipal() principal: Principal, @Query() query: unknown): Promise<Connection<RestConversation>> {
    const { first, after, ...filter } = parseInput(listQuerySchema, query);
    const { edges, pageInfo } = await this.queries.list(principal, filter, { first, after });
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: withLinks(node) })), pageInfo };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getConversation', summary: 'One conversation.' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiResponse({ status: 200, description: 'The conversation.', schema: openApiSchema(conversationSchema) })
  async get(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<RestConversation> {
    return withLinks(await this.queries.byId(principal, id));
  }

  @Get(':id/transcript')
  @ApiOperation({ operationId: 'getTranscript', summary: 'What was said, turn by turn.' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiQueryOf(transcriptQuerySchema)
  @ApiResponse({ status: 200, description: 'One page of turns, in order.', schema: openApiSchema(transcriptSchema) })
  async transcript(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<Connection<TurnView>> {
    const page = parseInput(transcriptQuerySchema, query);
    const conversation = await this.queries.byId(principal, id);
    return this.transcripts.page(principal, conversation.id, page);
  }

  /** The conversation is acknowledged in any case; a read model that is behind does not take that back. */
  private async becameVisible(position: LogPosition): Promise<void> {
    try {
      await this.progress.waitFor(conversationsProjection.name, position, visibleWithinMs);
    } catch (error) {
      if (!(error instanceof HarmonyError && error.kind === 'retriable')) throw error;
    }
  }
}

const linksOf = (id: string): Links => ({
  self: `/v1/conversations/${id}`,
  transcript: `/v1/conversations/${id}/transcript`,
});

const withLinks = (conversation: ConversationView): RestConversation => ({
  ...conversation,
  links: linksOf(conversation.id),
});
