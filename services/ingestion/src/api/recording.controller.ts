import { CurrentRequest, type RequestContext } from '@harmony/access';
import { openApiSchema } from '@harmony/api';
import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { SubmitRecording } from '../uploads/submit-recording.js';
import { Acknowledgement, type Acknowledged } from './acknowledgement.js';
import { submittedSchema } from './rest-schemas.js';
import { recordingFormBody } from './upload-schemas.js';

/** Recordings in one request. */
@ApiTags('conversations')
@Controller('v1/conversations')
export class RecordingController {
  constructor(
    private readonly submission: SubmitRecording,
    private readonly acknowledgement: Acknowledgement,
  ) {}

  @Post('upload')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'uploadRecording',
    summary: 'Takes in audio or video in one request and queues it.',
    description: 'A request may last five minutes. What takes longer, or must survive a cut line, goes to /v1/uploads.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: recordingFormBody, required: true })
  @ApiResponse({ status: 202, description: 'Recorded and queued.', schema: openApiSchema(submittedSchema) })
  async upload(@Req() body: Request, @CurrentRequest() request: RequestContext): Promise<Acknowledged> {
    try {
      return await this.acknowledgement.of(await this.submission.execute(body, request));
    } finally {
      body.resume();
    }
  }
}
