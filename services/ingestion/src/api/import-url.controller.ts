import { CurrentRequest, type RequestContext } from '@harmony/access';
import { openApiSchema } from '@harmony/api';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ImportUrl, importUrlSchema } from '../import-url/import-url.js';
import { Acknowledgement, type Acknowledged } from './acknowledgement.js';
import { submittedSchema } from './rest-schemas.js';

const body = { ...openApiSchema(importUrlSchema, 'input'), required: ['url'] };

/** Links in REST. */
@ApiTags('conversations')
@Controller('v1/conversations')
export class ImportUrlController {
  constructor(
    private readonly imports: ImportUrl,
    private readonly acknowledgement: Acknowledgement,
  ) {}

  @Post('import-url')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'importUrl',
    summary: 'Takes in a link to audio, video or a transcript and queues it.',
    description: 'The file is fetched in the background, from public addresses only and without signing in.',
  })
  @ApiBody({ schema: body, required: true })
  @ApiResponse({ status: 202, description: 'Recorded and queued.', schema: openApiSchema(submittedSchema) })
  async importUrl(@Body() input: unknown, @CurrentRequest() request: RequestContext): Promise<Acknowledged> {
    return this.acknowledgement.of(await this.imports.execute(input, request));
  }
}
