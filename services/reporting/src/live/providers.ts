import type { Parts } from '../api/parts.js';
import { ChangeQueries } from './change-queries.js';
import { LiveResolver } from './live.resolver.js';
import { ReportFeed } from './report-feed.js';

/** Tells readers that a report has changed. */
export const liveProviders: Parts = { controllers: [], providers: [ChangeQueries, ReportFeed, LiveResolver] };
