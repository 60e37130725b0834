import { CurrentPrincipal, type Principal } from '@harmony/access';
import { applyDecorators, Controller, Get, Param, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { basename } from 'node:path';
import { RecordingQueries } from './recording-queries.js';
import { StoredFiles, type FileRequest, type FileResponse } from './stored-files.js';

const bytes = { schema: { type: 'string', format: 'binary' } };

/** What a file answers, for the printed API. */
const ApiFile = (description: string, content: Record<string, object>): MethodDecorator =>
  applyDecorators(
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
    ApiHeader({ name: 'Range', required: false, description: 'One stretch, for instance `bytes=0-1023`.' }),
    ApiHeader({ name: 'If-Range', required: false, description: 'The ETag of what the stretch is to go on.' }),
    ApiHeader({ name: 'If-None-Match', required: false, description: 'The ETag of what the caller has.' }),
    ApiResponse({ status: 200, description, content }),
    ApiResponse({ status: 206, description: 'The stretch that was asked for.', content }),
    ApiResponse({ status: 304, description: 'The caller has it already.' }),
    ApiResponse({ status: 416, description: 'It has no such stretch: RANGE_NOT_SATISFIABLE.' }),
  );

/** Listening to a conversation. */
@ApiTags('conversations')
@Controller('v1/conversations/:id/recording')
export class PlaybackController {
  constructor(
    private readonly recordings: RecordingQueries,
    private readonly files: StoredFiles,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getRecording',
    summary: 'The sound of a conversation, as a browser plays it.',
    description: 'RECORDING_NOT_READY until it is prepared; NOT_FOUND for a conversation of text.',
  })
  @ApiFile('All of it.', { 'audio/mpeg': bytes, 'audio/mp4': bytes })
  async recording(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Req() request: FileRequest,
    @Res({ passthrough: true }) response: FileResponse,
  ): Promise<StreamableFile> {
    const { rendition } = await this.recordings.prepared(principal, id);
    const { object, mediaType } = rendition;
    return this.files.answer({ object, mediaType, fileName: basename(object.key) }, request, response);
  }

  @Get('peaks')
  @ApiOperation({
    operationId: 'getRecordingPeaks',
    summary: 'The waveform of a conversation, to draw.',
    description: 'Waveform data as audiowaveform writes it: lowest and highest value of each channel, pixel by pixel.',
  })
  @ApiFile('All of it.', { 'application/json': { schema: { type: 'object' } } })
  async peaks(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Req() request: FileRequest,
    @Res({ passthrough: true }) response: FileResponse,
  ): Promise<StreamableFile> {
    const { peaks: object } = await this.recordings.prepared(principal, id);
    return this.files.answer({ object, mediaType: 'application/json', fileName: 'peaks.json' }, request, response);
  }
}
