import { CurrentPrincipal, type Principal } from '@harmony/access';
import { openApiSchema } from '@harmony/api';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { InsightsQueries } from '../read-model/insights-queries.js';
import type { ConversationInsightsView } from '../read-model/insights-view.js';
import { conversationInsightsSchema } from './insights.schemas.js';

interface RestInsights extends Omit<ConversationInsightsView, 'run'> {
  readonly run: ConversationInsightsView['run'] | null;
  readonly links: { readonly conversation: string; readonly transcript: string };
}

/** What was found in conversations, in REST. */
@ApiTags('conversations')
@Controller('v1/conversations')
export class InsightsController {
  constructor(private readonly insights: InsightsQueries) {}

  @Get(':id/insights')
  @ApiOperation({
    operationId: 'getConversationInsights',
    summary: 'What every project found in a conversation: answers with their evidence, goals, scores.',
    description: 'Project by project by the run that is in force there; empty until the first run began.',
  })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiResponse({ status: 200, description: 'What was found.', schema: openApiSchema(conversationInsightsSchema) })
  async get(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<RestInsights> {
    const conversation = `/v1/conversations/${id.toLowerCase()}`;
    const links = { conversation, transcript: `${conversation}/transcript` };
    const nothing = { conversationId: id.toLowerCase(), run: null, projects: [] };
    return { ...((await this.insights.ofConversation(principal, id)) ?? nothing), links };
  }
}
