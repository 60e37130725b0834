import { CurrentPrincipal, CurrentRequest, type Principal, type RequestContext } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { UploadedPart } from '@harmony/object-store';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AbortUpload } from '../uploads/abort-upload.js';
import { CompleteUpload } from '../uploads/complete-upload.js';
import { ReceivePart, sha256OfDigest } from '../uploads/receive-part.js';
import { StartUpload } from '../uploads/start-upload.js';
import { UploadStreams } from '../uploads/upload-streams.js';
import { UploadViews, type UploadView } from '../uploads/upload-view.js';
import { Acknowledgement } from './acknowledgement.js';
import { completeUploadBody, receivedPartDocument, startUploadBody, uploadDocument } from './upload-schemas.js';

const idParameter = { name: 'id', schema: { type: 'string', format: 'uuid' } } as const;

/** Recordings in parts, in REST. */
@ApiTags('uploads')
@Controller('v1/uploads')
export class UploadController {
  constructor(
    private readonly starting: StartUpload,
    private readonly receiving: ReceivePart,
    private readonly completing: CompleteUpload,
    private readonly aborting: AbortUpload,
    private readonly uploads: UploadStreams,
    private readonly views: UploadViews,
    private readonly acknowledgement: Acknowledgement,
  ) {}

  @Post()
  @HttpCode(201)
  @ApiOperation({
    operationId: 'startUpload',
    summary: 'Begins to take a recording in parts, which may come in any order, side by side, and again.',
  })
  @ApiBody({ schema: startUploadBody, required: true })
  @ApiResponse({ status: 201, description: 'Where to send which part.', schema: uploadDocument })
  async start(@Body() body: unknown, @CurrentRequest() request: RequestContext): Promise<UploadView> {
    const { upload, position } = await this.starting.execute(body, request);
    await this.acknowledgement.visible(position);
    return upload;
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getUpload', summary: 'What has arrived of an upload, and where to send the rest.' })
  @ApiParam(idParameter)
  @ApiResponse({ status: 200, description: 'The upload.', schema: uploadDocument })
  async get(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<UploadView> {
    return this.views.of(await this.uploads.find(id, principal));
  }

  @Put(':id/parts/:number')
  @ApiOperation({ operationId: 'putUploadPart', summary: 'Takes one part, whole or not at all.' })
  @ApiParam(idParameter)
  @ApiParam({ name: 'number', schema: { type: 'integer', minimum: 1 } })
  @ApiHeader({ name: 'Content-Digest', required: false, description: 'sha-256=:<base64>: of the part, see RFC 9530.' })
  @ApiBody({
    required: true,
    schema: { type: 'string', format: 'binary' },
    description: 'The bytes of the part, as application/octet-stream.',
  })
  @ApiResponse({ status: 200, description: 'Safely stored.', schema: receivedPartDocument })
  async putPart(
    @Param('id') id: string,
    @Param('number') number: string,
    @Req() body: Request,
    @CurrentRequest() request: RequestContext,
  ): Promise<UploadedPart> {
    try {
      const sha256 = sha256OfDigest(body.get('Content-Digest'));
      if (!/^[1-9]\d{0,5}$/.test(number)) throw new HarmonyError('NOT_FOUND');
      // A refusal must still reach whoever sends, so the request outlives it.
      const bytes = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
      return await this.receiving.execute(id, Number(number), bytes, sha256, request);
    } finally {
      body.resume();
    }
  }

  @Post(':id/complete')
  @HttpCode(200)
  @ApiOperation({ operationId: 'completeUpload', summary: 'Makes a recording of the parts, and queues it.' })
  @ApiParam(idParameter)
  @ApiBody({ schema: completeUploadBody, required: false })
  @ApiResponse({ status: 200, description: 'The recording is there.', schema: uploadDocument })
  async complete(
    @Param('id') id: string,
    @Body() body: unknown,
    @CurrentPrincipal() principal: Principal,
    @CurrentRequest() request: RequestContext,
  ): Promise<UploadView> {
    await this.acknowledgement.visible(await this.completing.execute(id, body, request));
    return this.views.of(await this.uploads.find(id, principal));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'abortUpload', summary: 'Stops an upload; nothing of it and its conversation stays.' })
  @ApiParam(idParameter)
  @ApiResponse({ status: 204, description: 'Stopped.' })
  async abort(@Param('id') id: string, @CurrentRequest() request: RequestContext): Promise<void> {
    await this.acknowledgement.visible(await this.aborting.execute(id, request));
  }
}
