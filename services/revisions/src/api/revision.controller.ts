import { CurrentPrincipal, type Principal } from '@harmony/access';
import { ApiQueryOf, parseInput, type Connection } from '@harmony/api';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RevisionQueries } from '../read-model/revision-queries.js';
import type { RevisionView } from '../read-model/revision-view.js';
import { revisionListQuery, revisionPageSchema, revisionSchema } from './revision.schemas.js';

const idParameter = { name: 'id', schema: { type: 'string', format: 'uuid' } } as const;

/** Revisions in REST. */
@ApiTags('revisions')
@Controller('v1')
export class RevisionController {
  constructor(private readonly queries: RevisionQueries) {}

  @Get('projects/:id/revisions')
  @ApiOperation({ operationId: 'listRevisions', summary: 'Revisions of a project, newest first.' })
  @ApiParam(idParameter)
  @ApiQueryOf(revisionListQuery)
  @ApiResponse({ status: 200, description: 'One page.', schema: revisionPageSchema })
  list(
    @CurrentPrincipal() principal: Principal,
    @Param('id') projectId: string,
    @Query() query: unknown,
  ): Promise<Connection<RevisionView>> {
    const { first, after } = parseInput(revisionListQuery, query);
    return this.queries.list(principal, projectId, { first, after: after ?? null });
  }

  @Get('revisions/:id')
  @ApiOperation({
    operationId: 'getRevision',
    summary: 'One revision: its state, its plan, how far it is, and its history.',
  })
  @ApiParam(idParameter)
  @ApiResponse({ status: 200, description: 'The revision.', schema: revisionSchema })
  get(@CurrentPrincipal() principal: Principal, @Param('id') id: string): Promise<RevisionView> {
    return this.queries.byId(principal, id);
  }
}
