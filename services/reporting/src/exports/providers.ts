import type { Parts } from '../api/parts.js';

/** Files for spreadsheets and programs. */
export const exportProviders: Parts = { controllers: [], providers: [] };

/** Writes large exports. */
export const exportWorkers: Parts = { controllers: [], providers: [] };
