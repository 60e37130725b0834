import {
  CurrentPrincipal,
  CurrentRequest,
  requirePrincipal,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { ApiQueryOf, parseInput, type Connection } from '@harmony/api';
import { Body, Controller, Delete, Get, Header, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ExportQueries } from '../read-model/export-queries.js';
import type { ExportView } from '../read-model/export-view.js';
import { SignExport } from '../download/sign-export.js';
import { CancelExport } from '../start/cancel-export.js';
import { StartExport } from '../start/start-export.js';
import { exportBody, exportDocument, exportListDocument, exportListQuery } from './export-schemas.js';
import { FileAnswer } from './file-answer.js';

const idParameter = { name: 'id', schema: { type: 'string', format: 'uuid' } } as const;
const text = { schema: { type: 'string' } } as const;
const file = { schema: { type: 'string', format: 'binary' } };

/** Exports in REST. */
@ApiTags('exports')
@Controller('v1/exports')
export class ExportController {
  constructor(
    private readonly queries: ExportQueries,
    private readonly starting: StartExport,
    private readonly cancelling: CancelExport,
    private readonly files: FileAnswer,
    private readonly signing: SignExport,
  ) {}

  @Post()
  @ApiOperation({
    operationId: 'startExport',
    summary: 'Has a file made of a report, or of the results of one definition.',
    description:
      'Of at most 5,000 conversations the file is there with the answer; and is the answer itself where `Accept` asks for `text/csv` or `application/x-ndjson`, unless there is an Idempotency-Key. Ask for larger ones until they are COMPLETED.',
  })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key gives the same export.' })
  @ApiBody({ schema: exportBody, required: true })
  @ApiResponse({ status: 200, description: 'The file.', content: { 'text/csv': file, 'application/x-ndjson': file } })
  @ApiResponse({ status: 201, description: 'The export.', schema: exportDocument })
  async start(
    @Body() body: unknown,
    @CurrentRequest() request: RequestContext,
    @Req() http: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ExportView | StreamableFile> {
    const principal = requirePrincipal(request);
    const streamed = await this.files.atOnce(principal, body, http, response);
    if (streamed) return streamed;
    const id = await this.starting.execute(body, request);
    response.status(201).setHeader('Location', `/v1/exports/${id}`);
    return this.queries.byId(principal, id);
  }

  @Get()
  @ApiOperation({ operationId: 'listExports', summary: 'What the caller has asked for, newest first.' })
  @ApiQueryOf(exportListQuery)
  @ApiResponse({ status: 200, description: 'One page.', schema: exportListDocument })
  list(@CurrentPrincipal() principal: Principal, @Query() query: unknown): Promise<Connection<ExportView>> {
    const { first, after } = parseInput(exportListQuery, query);
    return this.queries.list(principal, { first, after: after ?? null });
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getExport', summary: 'How an export stands, and where its file is.' })
  @ApiParam(idParameter)
  @ApiResponse({ status: 200, description: 'The export.', schema: exportDocument })
  get(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<ExportView> {
    return this.queries.byId(principal, id);
  }

  @Delete(':id')
  @ApiOperation({ operationId: 'cancelExport', summary: 'Stops an export; nothing of it stays.' })
  @ApiParam(idParameter)
  @ApiResponse({ status: 200, description: 'Cancelled.', schema: exportDocument })
  async cancel(@Param('id') id: string, @CurrentRequest() request: RequestContext): Promise<ExportView> {
    await this.cancelling.execute(id, request);
    return this.queries.byId(requirePrincipal(request), id);
  }

  @Get(':id/signature')
  @Header('Content-Type', 'application/jose')
  @ApiOperation({
    operationId: 'getExportSignature',
    summary: 'What the file of an export is, signed.',
    description:
      'A compact JWS (EdDSA) with the SHA-256 of the file, its size, its rows, and who asked for what, when. There also after the file has expired. Anybody can check it with the keys of GET /v1/signing-keys.',
  })
  @ApiParam(idParameter)
  @ApiResponse({ status: 200, description: 'The signature.', content: { 'application/jose': text } })
  signature(@Param('id') id: string, @CurrentPrincipal() principal: Principal): Promise<string> {
    return this.signing.execute(id, principal);
  }

  @Get(':id/content')
  @ApiOperation({
    operationId: 'getExportContent',
    summary: 'The file of an export.',
    description: 'With credentials of whoever asked for it, or by the link that the export names.',
  })
  @ApiParam(idParameter)
  @ApiResponse({ status: 200, description: 'The file.', content: { 'text/csv': file, 'application/x-ndjson': file } })
  content(
    @Param('id') id: string,
    @Query() query: unknown,
    @CurrentRequest() { principal }: RequestContext,
    @Req() http: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return this.files.stored(id, { query, principal }, http, response);
  }
}
