import { CurrentPrincipal, CurrentRequest, type Principal, type RequestContext } from '@harmony/access';
import { ApiQueryOf, openApiSchema, parseInput, type Connection } from '@harmony/api';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import type { ConversationView } from '../read-model/conversation-row.js';
import { SubmitConversation } from '../submit-conversation/submit-conversation.js';
import { Acknowledgement, linksOf, type Acknowledged, type Links } from './acknowledgement.js';
import {
  conversationListSchema,
  conversationSchema,
  listQuerySchema,
  submissionBody,
  submittedSchema,
} from './rest-schemas.js';

type RestConversation = ConversationView & { readonly links: Links };

/** Conversations in REST. */
@ApiTags('conversations')
@Controller('v1/conversations')
export class ConversationController {
  constructor(
    private readonly queries: ConversationQueries,
    private readonly submission: SubmitConversation,
    private readonly acknowledgement: Acknowledgement,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({ operationId: 'submitConversation', summary: 'Takes in a pasted conversation and queues it.' })
  @ApiBody({ schema: submissionBody, required: true })
  @ApiResponse({ status: 202, description: 'Recorded and queued.', schema: openApiSchema(submittedSchema) })
  async submit(@Body() body: unknown, @CurrentRequest() request: RequestContext): Promise<Acknowledged> {
    return this.acknowledgement.of(await this.submission.execute(body, request));
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
}

const withLinks = (conversation: ConversationView): RestConversation => ({
  ...conversation,
  links: linksOf(conversation.id),
});
