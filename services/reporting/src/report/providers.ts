import type { Parts } from '../api/parts.js';
import { ColumnStore } from '../columns/column-store.js';
import { ReportController } from './report.controller.js';
import { ReportQueries } from './report-queries.js';
import { ReportResolver } from './report.resolver.js';

/** Figures of a project. */
export const reportProviders: Parts = {
  controllers: [ReportController],
  providers: [ColumnStore, ReportQueries, ReportResolver],
};
