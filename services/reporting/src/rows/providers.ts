import type { Parts } from '../api/parts.js';

/** What one definition found, row by row. */
export const rowProviders: Parts = { controllers: [], providers: [] };
