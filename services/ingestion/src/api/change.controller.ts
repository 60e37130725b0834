import { CurrentRequest, type RequestContext } from '@harmony/access';
import { openApiSchema } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import { Body, Controller, Delete, Headers, HttpCode, Param, Patch, Post, Put, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { ChangedConversation } from '../commands/change-conversation.js';
import { DeleteConversation } from '../deletion/delete-conversation.js';
import { propertyChangesSchema } from '../properties/property-changes.js';
import { UpdateConversation } from '../properties/update-conversation.js';
import { retrySchema, RetryConversation } from '../retry/retry-conversation.js';
import { matchSchema, MatchSpeaker } from '../speakers/match-speaker.js';
import { Acknowledgement, acknowledged, type Acknowledged } from './acknowledgement.js';
import { submittedSchema } from './rest-schemas.js';

const changedSchema = submittedSchema.extend({ revision: z.int().describe('What `If-Match` takes, in quotes.') });

type Changed = Acknowledged & Pick<ChangedConversation, 'revision'>;

interface Answer {
  status(code: number): unknown;
}

const ApiConversationId = (): MethodDecorator => ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

/** Changes of conversations by people, in REST. Answers hold nothing that a deletion would have to find again. */
@ApiTags('conversations')
@Controller('v1/conversations/:id')
export class ChangeController {
  constructor(
    private readonly updates: UpdateConversation,
    private readonly matches: MatchSpeaker,
    private readonly retries: RetryConversation,
    private readonly deletions: DeleteConversation,
    private readonly acknowledgement: Acknowledgement,
  ) {}

  @Patch()
  @ApiOperation({
    operationId: 'updateConversation',
    summary: 'Changes what people set of a conversation.',
    description: 'A JSON merge patch (RFC 7396): what is absent stays, null takes a value away.',
  })
  @ApiConversationId()
  @ApiHeader({
    name: 'If-Match',
    required: false,
    schema: { type: 'string' },
    description: 'The `revision` that was read, in quotes; refused with WRONG_EXPECTED_REVISION when it has another.',
  })
  @ApiConsumes('application/merge-patch+json', 'application/json')
  @ApiBody({ schema: openApiSchema(propertyChangesSchema, 'input'), required: true })
  @ApiResponse({ status: 200, description: 'Changed, or so already.', schema: openApiSchema(changedSchema) })
  async update(
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentRequest() request: RequestContext,
  ): Promise<Changed> {
    return this.answer(await this.updates.execute(id, body, request, revisionIn(ifMatch)));
  }

  @Put('speakers/:code')
  @ApiOperation({
    operationId: 'matchSpeaker',
    summary: 'Says who a speaker is, in every later reading; an empty object takes that back.',
  })
  @ApiConversationId()
  @ApiParam({ name: 'code', schema: { type: 'string' }, description: 'A to Z, then AA, AB.' })
  @ApiBody({ schema: openApiSchema(matchSchema, 'input'), required: true })
  @ApiResponse({ status: 200, description: 'Matched, or so already.', schema: openApiSchema(changedSchema) })
  async match(
    @Param('id') id: string,
    @Param('code') code: string,
    @Body() body: unknown,
    @CurrentRequest() request: RequestContext,
  ): Promise<Changed> {
    return this.answer(await this.matches.execute(id, code, body, request));
  }

  @Post('retry')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'retryConversation',
    summary: 'Begins the pipeline of a conversation that has ended again.',
    description: 'What it has so far can be read until the new results are whole.',
  })
  @ApiConversationId()
  @ApiBody({ schema: openApiSchema(retrySchema, 'input'), required: false })
  @ApiResponse({ status: 202, description: 'Recorded and queued.', schema: openApiSchema(changedSchema) })
  async retry(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentRequest() request: RequestContext,
  ): Promise<Changed> {
    return this.answer(await this.retries.execute(id, body ?? {}, request));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'deleteConversation',
    summary: 'Deletes a conversation for good: recording, transcript and results.',
    description: 'Nobody can read it any more; doing it again is answered like any unknown id.',
  })
  @ApiConversationId()
  @ApiResponse({ status: 204, description: 'Deleted. Nobody can read it any more.' })
  @ApiResponse({ status: 202, description: 'Deleted for good; it may still be readable for a moment.' })
  async delete(
    @Param('id') id: string,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Answer,
  ): Promise<void> {
    if (!(await this.acknowledgement.gone(await this.deletions.execute(id, request), request))) response.status(202);
  }

  private async answer(changed: ChangedConversation): Promise<Changed> {
    await this.acknowledgement.visible(changed.position);
    return { ...acknowledged(changed), revision: changed.revision };
  }
}

/** Undefined: whatever it has. */
function revisionIn(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const revision = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
  if (revision !== undefined) return Number(revision);
  throw new HarmonyError('INVALID_INPUT', { detail: 'If-Match takes one revision in quotes, for instance "3".' });
}
