import { CurrentPrincipal, type Principal } from '@harmony/access';
import { ApiQueryOf, openApiSchema } from '@harmony/api';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { ResultRowView } from '../rows/result-row.js';
import { ReportQueries } from './report-queries.js';
import { askedReport, reportQuerySchema } from './report-query.js';
import { reportSchema } from './report-schemas.js';
import type { ReportView } from './report-view.js';

/** A result where only its own words matter; GraphQL and the detail of a definition have the rest. */
interface RestResult extends Pick<
  ResultRowView,
  'runId' | 'revisionId' | 'definitionVersion' | 'settledAt' | 'answer' | 'rationale' | 'confidence' | 'evidence'
> {
  readonly conversation: Omit<ResultRowView['conversation'], 'names'>;
}

type RestReport = Omit<ReportView, 'cards'> & {
  readonly cards: readonly (Omit<ReportView['cards'][number], 'latest'> & { readonly latest: readonly RestResult[] })[];
};

/** Reports in REST. */
@ApiTags('projects')
@Controller('v1/projects')
export class ReportController {
  constructor(private readonly queries: ReportQueries) {}

  @Get(':id/report')
  @ApiOperation({
    operationId: 'getProjectReport',
    summary: 'What was found in the conversations of a project that pass a filter: one card a definition.',
    description: 'As new as what is known when it is asked for; with asOf the same for ever.',
  })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiQueryOf(reportQuerySchema)
  @ApiResponse({ status: 200, description: 'The report.', schema: openApiSchema(reportSchema) })
  async get(
    @CurrentPrincipal() principal: Principal,
    @Param('id') projectId: string,
    @Query() query: unknown,
  ): Promise<RestReport> {
    return restReport(await this.queries.report(principal, { projectId, ...askedReport(query) }));
  }
}

const restReport = (report: ReportView): RestReport => ({
  ...report,
  cards: report.cards.map((card) => ({ ...card, latest: card.latest.map(restResult) })),
});

function restResult(result: ResultRowView): RestResult {
  const { names: _, ...conversation } = result.conversation;
  const { runId, revisionId, definitionVersion, settledAt, answer, rationale, confidence, evidence } = result;
  return { conversation, runId, revisionId, definitionVersion, settledAt, answer, rationale, confidence, evidence };
}
