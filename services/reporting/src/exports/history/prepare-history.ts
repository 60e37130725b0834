import { requireRevisions, type Directory, type Principal } from '@harmony/access';
import { HarmonyError, type ExportRequest } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { Clock } from '@harmony/kernel';
import type { ProjectionProgress, ScopedDatabase } from '@harmony/read-model';
import { CLOCK, DIRECTORY, EVENT_STORE, PROJECTION_PROGRESS, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { reportsProjection } from '../../projections/reports.projection.js';
import { Moments } from '../../read-model/moment.js';
import { ProjectCatalogue } from '../../read-model/project-catalogue.js';
import { fileNameOf } from '../domain/file-name.js';
import type { PreparedExport } from '../write/prepare-export.js';
import { historyCsv, historyLines, historySelection, type HistorySource } from './history-statements.js';

/** Finds out what a file of what was done to revisions holds (B10), for the rights that its requester has now. */
@Injectable()
export class PrepareHistory {
  constructor(
    private readonly moments: Moments,
    private readonly catalogue: ProjectCatalogue,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Everything that the log holds when it is asked for is in it.
   * @throws HarmonyError FEATURE_DISABLED, FORBIDDEN, UNKNOWN_PROJECT, INVALID_INPUT; UNKNOWN_REVISION for one that the project does not have
   */
  async execute(principal: Principal, request: ExportRequest): Promise<PreparedExport> {
    const { workspaceId } = principal;
    const moment = await this.moments.of(principal, request.projectId, { asOf: request.asOf, revisionId: null });
    const project = await this.catalogue.of(principal, request.projectId, moment);
    await requireRevisions(this.directory, principal);
    await this.progress.waitFor(reportsProjection.name, await this.store.head());
    const { asOf } = moment;
    const source: HistorySource = {
      ...{ projectId: project.id, asOf },
      revisionId: request.revisionId === null ? null : await this.known(workspaceId, project.id, request.revisionId),
    };
    return {
      workspaceId,
      statement: request.format === 'CSV' ? historyCsv(source) : historyLines(source),
      selection: historySelection(source, 1),
      fileName: fileNameOf(project.name, request, asOf ?? this.clock.now().toISOString()),
      byteOrderMark: request.byteOrderMark && request.format === 'CSV',
    };
  }

  private async known(workspaceId: string, projectId: string, revisionId: string): Promise<string> {
    const sql = 'select from reporting.revisions where revision_id = $1 and project_id = $2';
    const found = await this.database.query(workspaceId, sql, [revisionId, projectId]);
    if (found.length === 0) throw new HarmonyError('UNKNOWN_REVISION');
    return revisionId;
  }
}
