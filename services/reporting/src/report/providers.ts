import type { Parts } from '../api/parts.js';

/** Figures of a project. */
export const reportProviders: Parts = { controllers: [], providers: [] };
