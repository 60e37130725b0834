import type { Parts } from '../api/parts.js';
import { ColumnStore } from '../columns/column-store.js';
import { ReportQueries } from './report-queries.js';
import { ReportResolver } from './report.resolver.js';

/** Figures of a project. */
export const reportProviders: Parts = {
  controllers: [],
  providers: [ColumnStore, ReportQueries, ReportResolver],
};
