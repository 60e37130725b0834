import { revisionsProjection } from '../projections/revisions.projection.js';

/** Those of other services that show what is in force; a process may run without them. */
export const inForceReadModels = ['reporting.reports', 'insights.results'] as const;

/** All that show revisions and their results. */
export const revisionReadModels = [revisionsProjection.name, ...inForceReadModels] as const;
