import { CurrentPrincipal, type Principal } from '@harmony/access';
import { ApiQueryOf, openApiSchema, parseInput, type Connection } from '@harmony/api';
import { renderTranscript, type RenditionFormat } from '@harmony/transcript';
import { Controller, Get, Param, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { ConversationQueries } from '../read-model/conversation-queries.js';
import { TranscriptQueries, type TurnView } from '../read-model/transcript-queries.js';
import { WholeTranscripts } from '../read-model/whole-transcripts.js';
import { transcriptQuerySchema, transcriptSchema } from './rest-schemas.js';
import { chooseFormat, mediaTypes, transcriptFormats } from './transcript-format.js';

const versionSchema = transcriptQuerySchema.pick({ version: true });

const wholeText = { schema: { type: 'string' } };

/** Transcripts in REST: page by page as JSON, or whole as text and subtitles. */
@ApiTags('conversations')
@Controller('v1/conversations/:id/transcript')
export class TranscriptController {
  constructor(
    private readonly queries: ConversationQueries,
    private readonly transcripts: TranscriptQueries,
    private readonly wholeTranscripts: WholeTranscripts,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'getTranscript',
    summary: 'What was said, turn by turn.',
    description:
      'JSON comes in pages; TXT, SRT and VTT are the whole transcript, chosen by `format` or the Accept header. ' +
      'Subtitles of a transcript that states no times at all are refused with TRANSCRIPT_WITHOUT_TIMES.',
  })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiQuery({
    name: 'format',
    required: false,
    schema: { type: 'string', enum: [...transcriptFormats] },
    description: 'Goes before the Accept header.',
  })
  @ApiQueryOf(transcriptQuerySchema)
  @ApiResponse({
    status: 200,
    description: 'One page of turns, in order; or all of it as text.',
    content: {
      'application/json': { schema: openApiSchema(transcriptSchema) },
      'text/plain': wholeText,
      'application/x-subrip': wholeText,
      'text/vtt': wholeText,
    },
  })
  async read(
    @CurrentPrincipal() principal: Principal,
    @Param('id') id: string,
    @Query() { format: asked, ...query }: Record<string, unknown>,
    @Req() request: Pick<Request, 'accepts'>,
    @Res({ passthrough: true }) response: Pick<Response, 'setHeader'>,
  ): Promise<Connection<TurnView> | StreamableFile> {
    const format = chooseFormat(asked, request);
    response.setHeader('Vary', 'Accept');
    return format === 'json' ? this.page(principal, id, query) : this.whole(principal, id, format, query);
  }

  /** One page of turns. */
  async page(principal: Principal, id: string, query: Record<string, unknown>): Promise<Connection<TurnView>> {
    const { version, ...page } = parseInput(transcriptQuerySchema, query);
    const conversation = await this.queries.byId(principal, id);
    return this.transcripts.page(principal, conversation.id, page, version);
  }

  /** All of it, as it is read. */
  async whole(
    principal: Principal,
    id: string,
    format: RenditionFormat,
    { version: asked }: Record<string, unknown> = {},
  ): Promise<StreamableFile> {
    const { version } = parseInput(versionSchema, { version: asked });
    const turns = await this.wholeTranscripts.turns(principal, id, { needsTimes: format !== 'txt', version });
    return new StreamableFile(Readable.from(renderTranscript(format, turns), { objectMode: true }), {
      type: mediaTypes[format],
      disposition: `inline; filename="transcript.${format}"`,
    });
  }
}
