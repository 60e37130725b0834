import type { Principal } from '@harmony/access';
import type { Configuration } from '@harmony/config';
import { HarmonyError, type ExportRequest } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { CLOCK, CONFIGURATION } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { Moments, type Moment } from '../../read-model/moment.js';
import {
  ProjectCatalogue,
  type CataloguedDefinition,
  type CataloguedProject,
} from '../../read-model/project-catalogue.js';
import { selectionSql } from '../../read-model/selection.js';
import type { SqlPart } from '../../read-model/sql.js';
import { requireExportable } from '../domain/can-export.js';
import { fileNameOf } from '../domain/file-name.js';
import { detailCsv, reportCsv } from '../query/csv-statements.js';
import { detailLines, reportLines } from '../query/lines-statements.js';
import type { ExportSource, ExportStatement } from '../query/statement.js';
import { ExportedFields } from './exported-fields.js';

/** An export that can be written. */
export interface PreparedExport {
  readonly workspaceId: string;
  readonly statement: ExportStatement;
  /** The conversations. */
  readonly selection: SqlPart;
  readonly fileName: string;
  readonly byteOrderMark: boolean;
}

/** Finds out what a file holds, for the rights that its requester has now. */
@Injectable()
export class PrepareExport {
  constructor(
    private readonly moments: Moments,
    private readonly catalogue: ProjectCatalogue,
    private readonly fields: ExportedFields,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Everything as it was when the export was asked for, unless it is about an earlier time: what is renamed, edited or
   * removed while the file is written changes nothing of it.
   * @throws HarmonyError UNKNOWN_PROJECT, UNKNOWN_DEFINITION, UNKNOWN_REVISION, NO_INSIGHTS_DEFINED, INVALID_INPUT, FORBIDDEN
   */
  async execute(principal: Principal, request: ExportRequest, requestedAt: string): Promise<PreparedExport> {
    const { projectId, filter, search, byteOrderMark } = request;
    const moment = await this.momentOf(principal, request, requestedAt);
    const project = await this.catalogue.of(principal, projectId, moment);
    const definition = definitionOf(project, request);
    const selection = (first: number): SqlPart => selectionSql(principal, { projectId, filter, moment }, first);
    const source: ExportSource = {
      project: {
        ...project,
        definitions: project.definitions.filter(({ isActive, isRemoved }) => isActive && !isRemoved),
      },
      fields: await this.fields.of(principal, moment.asOf),
      link: `${this.configuration.http.publicUrl ?? ''}/v1/conversations/`,
      asOf: moment.asOf,
      selection,
    };
    return {
      workspaceId: principal.workspaceId,
      statement: statementOf(request, source, definition, search),
      selection: selection(1),
      fileName: fileNameOf(definition?.title ?? project.name, request, moment.asOf),
      byteOrderMark: byteOrderMark && request.format === 'CSV',
    };
  }

  private async momentOf(
    principal: Principal,
    { projectId, asOf, revisionId }: ExportRequest,
    requestedAt: string,
  ): Promise<Moment & { readonly asOf: string }> {
    const latest = earlier(requestedAt, this.clock.now().toISOString());
    const asked = { asOf: revisionId === null ? (asOf ?? latest) : asOf, revisionId };
    const moment = await this.moments.of(principal, projectId, asked);
    return { ...moment, asOf: moment.asOf === null ? latest : earlier(moment.asOf, latest) };
  }
}

const earlier = (left: string, right: string): string => (Date.parse(left) < Date.parse(right) ? left : right);

function definitionOf(
  project: CataloguedProject,
  { kind, definitionId }: ExportRequest,
): CataloguedDefinition | undefined {
  if (kind === 'REPORT') {
    requireExportable(project);
    return undefined;
  }
  const found = project.definitions.find(({ id, isRemoved }) => id === definitionId?.toLowerCase() && !isRemoved);
  if (!found) throw new HarmonyError('UNKNOWN_DEFINITION');
  return found;
}

function statementOf(
  { format }: ExportRequest,
  source: ExportSource,
  definition: CataloguedDefinition | undefined,
  search: string | null,
): ExportStatement {
  if (!definition) return format === 'CSV' ? reportCsv(source) : reportLines(source);
  return format === 'CSV' ? detailCsv(source, definition, search) : detailLines(source, definition, search);
}
