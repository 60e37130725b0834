import type { Principal } from '@harmony/access';
import type { Configuration } from '@harmony/config';
import { HarmonyError, type ExportRequest } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { CLOCK, CONFIGURATION } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { Moments } from '../../read-model/moment.js';
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
import { PrepareHistory } from '../history/prepare-history.js';
import { PrepareChanges } from '../../comparison/export/prepare-changes.js';
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
    private readonly changes: PrepareChanges,
    private readonly history: PrepareHistory,
  ) {}

  /**
   * Definitions and custom fields are those of when the export was asked for, whatever is renamed, edited or removed
   * before it is written; conversations and results those of when it is written. About an earlier time, and about a
   * revision that is complete, everything is as it was then.
   * @param requestedAt null where it is asked for right now, so that no clock decides what is there
   * @throws HarmonyError UNKNOWN_PROJECT, UNKNOWN_DEFINITION, UNKNOWN_REVISION, NO_INSIGHTS_DEFINED, INVALID_INPUT, FORBIDDEN
   */
  async execute(principal: Principal, request: ExportRequest, requestedAt: string | null): Promise<PreparedExport> {
    if (request.kind === 'CHANGES') return this.changes.execute(principal, request);
    if (request.kind === 'REVISION_HISTORY') return this.history.execute(principal, request);
    const { projectId, filter, search, byteOrderMark } = request;
    const moment = await this.moments.of(principal, projectId, request);
    const asked = moment.asOf ?? requestedAt;
    const project = await this.catalogue.of(principal, projectId, { asOf: asked, revisionId: null });
    const definition = definitionOf(project, request);
    const selection = (first: number): SqlPart => selectionSql(principal, { projectId, filter, moment }, first);
    const definitions = project.definitions.filter(({ isActive, isRemoved }) => isActive && !isRemoved);
    const source: ExportSource = {
      project: { ...project, definitions },
      fields: await this.fields.of(principal, asked),
      link: `${this.configuration.http.publicUrl ?? ''}/v1/conversations/`,
      asOf: moment.asOf,
      selection,
    };
    return {
      workspaceId: principal.workspaceId,
      statement: statementOf(request, source, definition, search),
      selection: selection(1),
      fileName: fileNameOf(definition?.title ?? project.name, request, asked ?? this.clock.now().toISOString()),
      byteOrderMark: byteOrderMark && request.format === 'CSV',
    };
  }
}

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
