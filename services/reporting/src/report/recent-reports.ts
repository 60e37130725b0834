import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { ProjectColumns } from '../domain/columns.js';
import { reportOf, type Report, type ReportCatalogue, type ReportRequest } from '../domain/report.js';

/** A report is some hundred kilobytes at most. */
const kept = 50;

/** Reports that were counted last: whoever asks the same of the same columns is told the same, and nothing is counted. */
@Injectable()
export class RecentReports {
  private readonly reports = new LRUCache<string, Report>({ max: kept });

  /** As {@link reportOf}. */
  of(columns: ProjectColumns, { definitions, goals, scorecards }: ReportCatalogue, request: ReportRequest): Report {
    const catalogue = { definitions, goals, scorecards };
    const key = JSON.stringify([columns.version, catalogue, request]);
    const known = this.reports.get(key);
    if (known) return known;
    const report = reportOf(columns, catalogue, request);
    this.reports.set(key, report);
    return report;
  }
}
