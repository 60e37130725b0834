import type { Parts } from '../api/parts.js';

/** Tells readers that a report has changed. */
export const liveProviders: Parts = { controllers: [], providers: [] };
