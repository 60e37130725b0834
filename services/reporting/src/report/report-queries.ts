import { requirePermission, type Principal } from '@harmony/access';
import type { ReportFilter } from '@harmony/contracts';
import { Injectable } from '@nestjs/common';
import type { RequestedMoment } from '../api/moment.args.js';
import { ColumnStore } from '../columns/column-store.js';
import type { ReportDisplay } from '../domain/display.js';
import { Moments } from '../read-model/moment.js';
import { ProjectCatalogue } from '../read-model/project-catalogue.js';
import { ResultRows } from '../rows/result-rows.js';
import { RecentReports } from './recent-reports.js';
import { reportView, type ReportView } from './report-view.js';

export interface ReportQuestion {
  readonly projectId: string;
  readonly filter: ReportFilter;
  readonly display: ReportDisplay;
  readonly moment: RequestedMoment;
  /** Also definitions that were switched off or removed. */
  readonly includeInactive: boolean;
}

/** Reports for people: every figure counts only what its reader may read. */
@Injectable()
export class ReportQueries {
  constructor(
    private readonly moments: Moments,
    private readonly catalogue: ProjectCatalogue,
    private readonly columns: ColumnStore,
    private readonly rows: ResultRows,
    private readonly recent: RecentReports = new RecentReports(),
  ) {}

  /**
   * @throws HarmonyError FORBIDDEN without a permission to read conversations and projects; UNKNOWN_PROJECT for one that
   * is not there for this reader; UNKNOWN_REVISION; INVALID_INPUT for a time to come and for too many points.
   */
  async report(principal: Principal, question: ReportQuestion): Promise<ReportView> {
    const { projectId, filter, display, includeInactive } = question;
    const scope = requirePermission(principal, 'conversations', 'read');
    const moment = await this.moments.of(principal, projectId, question.moment);
    const project = await this.catalogue.of(principal, projectId, moment);
    const columns = await this.columns.of(principal, project.id, moment);
    const reader = { scope, userId: principal.userId, teamIds: principal.teamIds };
    const report = this.recent.of(columns, project, { filter, display, reader, includeInactive });
    const asOf = moment.asOf === null ? null : new Date(moment.asOf);
    const latest = await this.rows.byKeys(
      principal,
      report.cards.flatMap((card) => card.latest),
      asOf,
    );
    return reportView(project, report, { display, asOf, latest });
  }
}
