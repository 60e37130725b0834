import { CurrentRequest, type RequestContext } from '@harmony/access';
import { openApiSchema } from '@harmony/api';
import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ImportConversations } from '../structured-import/import-conversations.js';
import { UploadTranscript } from '../structured-import/upload-transcript.js';
import { Acknowledgement, acknowledged, type Acknowledged } from './acknowledgement.js';
import {
  importBody,
  importedBatchSchema,
  importErrorOf,
  transcriptUploadBody,
  type RestImportedBatch,
} from './import-documents.js';
import { submittedSchema } from './rest-schemas.js';

/** Structured transcripts in REST. */
@ApiTags('conversations')
@Controller('v1/conversations')
export class ImportController {
  constructor(
    private readonly upload: UploadTranscript,
    private readonly imports: ImportConversations,
    private readonly acknowledgement: Acknowledgement,
  ) {}

  @Post('transcript-upload')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'uploadTranscript',
    summary: 'Takes in a structured transcript of at most 10 MB and queues it.',
  })
  @ApiBody({ schema: transcriptUploadBody, required: true })
  @ApiResponse({ status: 202, description: 'Recorded and queued.', schema: openApiSchema(submittedSchema) })
  async uploadTranscript(@Body() body: unknown, @CurrentRequest() request: RequestContext): Promise<Acknowledged> {
    return this.acknowledgement.of(await this.upload.execute(body, request));
  }

  @Post('structured-import')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'importConversations',
    summary: 'Takes in one structured transcript, or a batch of up to 500 with a result for each.',
    description:
      'A body with `conversations` is a batch: it is answered with 207, and a conversation that is refused neither ' +
      'stops nor loses the others. Any other body is one conversation. With a `key` of its own, a conversation that ' +
      'is sent again in whatever batch is the same one.',
  })
  @ApiBody({ schema: importBody, required: true })
  @ApiResponse({ status: 202, description: 'One: recorded and queued.', schema: openApiSchema(submittedSchema) })
  @ApiResponse({ status: 207, description: 'A batch: a result for each.', schema: openApiSchema(importedBatchSchema) })
  async importConversations(
    @Body() body: unknown,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Pick<Response, 'status'>,
  ): Promise<Acknowledged | RestImportedBatch> {
    const isBatch = typeof body === 'object' && body !== null && 'conversations' in body;
    if (!isBatch) return this.acknowledgement.of(await this.imports.executeOne(body, request));
    const { results, position } = await this.imports.execute(body, request);
    if (position) await this.acknowledgement.visible(position);
    response.status(207);
    return {
      recorded: results.filter(({ error }) => !error).length,
      refused: results.filter(({ error }) => error).length,
      results: results.map(({ index, key, conversation, error }) => ({
        ...{ index, key },
        status: error ? error.status : 202,
        conversation: conversation && acknowledged(conversation),
        error: error && importErrorOf(error),
      })),
    };
  }
}
