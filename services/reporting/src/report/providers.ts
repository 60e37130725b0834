import type { Parts } from '../api/parts.js';
import { ColumnKeeper } from '../columns/column-keeper.js';
import { ColumnStore } from '../columns/column-store.js';
import { ColumnSnapshots } from '../columns/snapshots/column-snapshots.js';
import { ReportController } from './report.controller.js';
import { RecentReports } from './recent-reports.js';
import { ReportQueries } from './report-queries.js';
import { ReportResolver } from './report.resolver.js';

/** Figures of a project. */
export const reportProviders: Parts = {
  controllers: [ReportController],
  providers: [ColumnSnapshots, ColumnStore, ColumnKeeper, RecentReports, ReportQueries, ReportResolver],
};
